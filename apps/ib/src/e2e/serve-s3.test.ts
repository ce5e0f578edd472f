// Documents at s3:// addresses are read by the server, with its own AWS settings, from a real S3 server.
import { CreateComponentCommand, GetComponentCommand } from "@aws-sdk/client-imagebuilder";
import { withObjectStore } from "@imagewright/test-kit/object-store";
import { expect, test } from "@jest/globals";
import { clientOf, serve, withService } from "./testing/service.js";

const DOCUMENT = "schemaVersion: 1.0\nphases: [{ name: build, steps: [{ name: A, action: ExecuteBash, inputs: { commands: [true] } }] }]\n";

test("a component's document may be an object; one that is not there is the client's fault", () =>
  withObjectStore("documents", (store) =>
    withService(async (_start, { folder, databaseUrl }) => {
      await store.put("web.yaml", DOCUMENT);
      const keys = { AWS_ACCESS_KEY_ID: "S3RVER", AWS_SECRET_ACCESS_KEY: "S3RVER", AWS_REGION: "eu-west-1" };
      const environment = { IMAGEWRIGHT_DATABASE_URL: databaseUrl, AWS_ENDPOINT_URL_S3: store.url, ...keys };
      const server = serve([], { folder, environment });
      try {
        const client = await clientOf(await server.answering);
        const input = { name: "web", semanticVersion: "1.0.0", platform: "Linux" } as const;
        const { componentBuildVersionArn } = await client.send(new CreateComponentCommand({ ...input, uri: "s3://documents/web.yaml" }));
        const { component } = await client.send(new GetComponentCommand({ componentBuildVersionArn }));
        expect(component).toMatchObject({ name: "web", data: DOCUMENT });
        await expect(client.send(new CreateComponentCommand({ ...input, uri: "s3://documents/none.yaml" }))).rejects.toMatchObject({
          name: "InvalidParameterValueException",
          message: expect.stringContaining('reading "s3://documents/none.yaml" failed'),
        });
      } finally {
        server.child.kill("SIGTERM");
        await server.ended;
      }
    }),
  ));
