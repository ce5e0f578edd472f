// What a webhook has refused is sent again when somebody asks for it: in the order of each image, all of it or one event.
import {
  CancelImageCreationCommand,
  CreateImageCommand,
  CreateImageRecipeCommand,
  CreateInfrastructureConfigurationCommand,
  type ImagebuilderClient,
} from "@aws-sdk/client-imagebuilder";
import { expect, test } from "@jest/globals";
import { ib } from "./ib.js";
import { clientOf, createComponent, withService } from "./testing/service.js";
import { withReceiver } from "./testing/webhook-receiver.js";

/** Creates images and cancels their creation: two events of each. */
async function createAndCancel(client: ImagebuilderClient, count: number): Promise<readonly string[]> {
  const components = [{ componentArn: await createComponent(client, "any") }];
  const recipe = { name: "web", semanticVersion: "1.0.0", parentImage: "ami-0123456789abcdef0", components };
  const { imageRecipeArn } = await client.send(new CreateImageRecipeCommand(recipe));
  const configuration = new CreateInfrastructureConfigurationCommand({ name: "any", instanceProfileName: "any" });
  const { infrastructureConfigurationArn } = await client.send(configuration);
  const arns: string[] = [];
  for (let number = 0; number < count; number += 1) {
    const created = await client.send(new CreateImageCommand({ imageRecipeArn, infrastructureConfigurationArn }));
    arns.push(created.imageBuildVersionArn ?? "");
    await client.send(new CancelImageCreationCommand({ imageBuildVersionArn: arns.at(-1) }));
  }
  return arns;
}

interface Failed {
  readonly sink: string;
  readonly reason: string;
  readonly event: { readonly id: string; readonly resources: readonly string[] };
}

test("EVT-010 ib events resend has refused events sent again, one by its id or those of a sink", () =>
  withReceiver((receiver) =>
    withService(async (start, { folder, databaseUrl }) => {
      const sink = `webhook ${receiver.url}`;
      const run = (...words: string[]) => ib(["events", ...words], { folder, environment: { IMAGEWRIGHT_DATABASE_URL: databaseUrl } });
      const failed = async () => JSON.parse((await run("failed", "--json")).stdout) as Failed[];
      const until = async (isDone: (left: readonly Failed[]) => boolean) => {
        for (;;) {
          const left = await failed();
          if (isDone(left)) return left;
        }
      };
      const server = start(["--role", "all", "--event-webhook", receiver.url]);
      const client = await clientOf(await server.answering);
      receiver.status = 400;
      const [first = "", second = ""] = await createAndCancel(client, 2);
      const refused = await until((left) => left.length === 4);
      expect(await run("resend")).toMatchObject({
        ...{ code: 2, stderr: expect.stringContaining("name an event by its id, or a sink with --sink") },
      });
      expect(await run("resend", "--sink", "sns")).toMatchObject({
        ...{ code: 1, stderr: expect.stringContaining('"sns" has refused events that are kept') },
      });

      receiver.status = 410;
      expect(await run("resend", "--sink", sink)).toEqual({ code: 0, stdout: "", stderr: `4 events are sent again to ${sink}\n` });
      await until((left) => left.length === 4 && left.every(({ reason }) => reason === "it answered with the status 410"));

      receiver.status = 200;
      receiver.received.length = 0;
      const one = refused[0]?.event.id ?? "";
      expect(await run("resend", one, "--json")).toMatchObject({
        code: 0,
        stdout: `${JSON.stringify([{ sink, events: 1 }], undefined, 2)}\n`,
      });
      await until((left) => left.length === 3);
      expect(receiver.received.map(({ event }) => event.id)).toEqual([one]);
      expect((await run("resend", one)).stderr).toContain(`no sink has refused the event "${one}"`);

      receiver.received.length = 0;
      expect(await run("resend", "--sink", sink)).toMatchObject({ code: 0, stderr: `3 events are sent again to ${sink}\n` });
      await until((left) => left.length === 0);
      const whole = refused[0]?.event.resources[0] === first ? second : first;
      expect(await receiver.statesOf(whole, 2)).toEqual(["PENDING", "CANCELLED"]);
      expect(receiver.received).toHaveLength(3);
      server.child.kill("SIGTERM");
      await server.ended;
    }),
  ));
