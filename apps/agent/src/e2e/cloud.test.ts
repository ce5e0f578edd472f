import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { withTemporaryFolder } from "@imagewright/test-kit";
import { startS3 } from "@imagewright/test-kit/s3";
import { expect, test } from "@jest/globals";
import { ibAgent } from "./agent.js";

const SECRET = "correct horse battery staple";
const ARN = "arn:aws:imagebuilder:eu-west-3:111122223333:component/greet/1.0.0/1";

const MAIN = `schemaVersion: 1.0
phases:
  - name: build
    steps:
      - name: FromS3
        action: ExecuteDocument
        inputs: { document: s3://documents/inner/greet.yaml, document-s3-bucket-owner: 123456789000, parameters: [{ name: Who, value: s3 }] }
      - name: FromService
        action: ExecuteDocument
        inputs: { document: "${ARN}", parameters: [{ name: Who, value: "{{ aws:ssm:/who }}" }] }
      - name: Secret
        action: ExecuteBash
        inputs: { commands: ["cat > secret <<'END'", "{{ aws:ssm:/secret }}", END, "cat secret"] }
`;
const GREET = `schemaVersion: 1.0
parameters:
  - Who: { type: string }
phases:
  - name: build
    steps:
      - { name: Greet, action: ExecuteBash, inputs: { commands: ["echo hello {{ Who }} >> greetings"] } }
`;

/** The responses of the two AWS operations that the documents need; S3 is a separate server. */
async function startService(): Promise<Server> {
  const parameters: Record<string, object> = {
    "/who": { Name: "/who", Type: "String", Value: "service" },
    "/secret": { Name: "/secret", Type: "SecureString", Value: SECRET },
  };
  const server = createServer((request, response) => {
    void text(request).then((body) => {
      const operation = String(request.headers["x-amz-target"] ?? "");
      const { Name = "" } = operation === "" ? {} : (JSON.parse(body) as { Name?: string });
      const isComponent = request.url?.startsWith("/GetComponent?") === true && request.url.includes(encodeURIComponent(ARN));
      const answer = isComponent
        ? { component: { arn: ARN, type: "BUILD", data: GREET } }
        : operation === "AmazonSSM.GetParameter"
          ? { Parameter: parameters[Name] }
          : undefined;
      response.writeHead(answer === undefined ? 400 : 200, { "content-type": "application/json" }).end(JSON.stringify(answer ?? {}));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return server;
}

test("documents from S3 and from the service, values of Parameter Store, and logs uploaded to S3 without the secret", () =>
  withTemporaryFolder(async (folder) => {
    const s3 = await startS3(join(folder, "s3"), ["documents", "logs"]);
    const service = await startService();
    try {
      const cwd = join(folder, "work");
      await mkdir(join(cwd, "state"), { recursive: true });
      await writeFile(join(cwd, "main.yaml"), MAIN);
      const environment = {
        ...{ AWS_REGION: "eu-west-3", AWS_ACCESS_KEY_ID: "S3RVER", AWS_SECRET_ACCESS_KEY: "S3RVER", AWS_EC2_METADATA_DISABLED: "true" },
        AWS_ENDPOINT_URL: `http://127.0.0.1:${(service.address() as AddressInfo).port}`,
        AWS_ENDPOINT_URL_S3: s3.url,
      };
      const s3Client = { endpoint: environment.AWS_ENDPOINT_URL_S3, key: "inner/greet.yaml", body: GREET };
      await fetch(`${s3Client.endpoint}/documents/${s3Client.key}`, { method: "PUT", body: s3Client.body });
      const flags = [
        "--state-directory",
        "state",
        "--log-directory",
        ".",
        "--log-s3-bucket-name",
        "logs",
        "--log-s3-key-prefix",
        "runs",
        "--event-stream",
        "--trace",
      ];
      const run = await ibAgent(["run", "--documents", "main.yaml", ...flags], { folder: cwd, environment });
      expect({ code: run.code, summary: JSON.parse(run.stdout) as object, stderr: run.code === 0 ? "" : run.stderr }).toMatchObject({
        code: 0,
        summary: { status: "success", executedStepCount: 3 },
        stderr: "",
      });
      expect(await readFile(join(cwd, "greetings"), "utf8")).toBe("hello s3\nhello service\n");
      expect(await readFile(join(cwd, "secret"), "utf8")).toBe(`${SECRET}\n`);
      // console, events, log folder and its uploaded copy
      expect(run.stdout + run.stderr).not.toContain(SECRET);
      expect(run.stderr).toContain("***");
      const logs = (await readdir(cwd)).find((name) => name.startsWith("TOE_")) ?? "";
      for (const place of [join(cwd, logs), join(folder, "s3", "logs")]) {
        const files = (await readdir(place, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile());
        const contents = await Promise.all(files.map((entry) => readFile(join(entry.parentPath, entry.name), "utf8")));
        expect(contents.join("\n")).not.toContain(SECRET);
        expect(contents.join("\n")).toContain("***");
      }
    } finally {
      service.close();
      await s3.close();
    }
  }));
