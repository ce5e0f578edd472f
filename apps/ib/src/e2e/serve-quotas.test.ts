// Quotas of the configuration file reach the operations and the server.
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { ListComponentsCommand } from "@aws-sdk/client-imagebuilder";
import { expect, test } from "@jest/globals";
import { clientOf, createComponent, withService } from "./testing/service.js";

const CONFIGURATION = "service:\n  quotas:\n    resources: { component: 1 }\n    callsPerSecond: 1\n    callsAtOnce: 4\n";

test("what is over a quota is refused", () =>
  withService(async (start, { folder }) => {
    await mkdir(join(folder, ".config", "imagewright"), { recursive: true });
    await writeFile(join(folder, ".config", "imagewright", "config.yaml"), CONFIGURATION);
    const client = await clientOf(await start().answering);
    await createComponent(client, "first");
    await expect(createComponent(client, "second")).rejects.toMatchObject({
      name: "ServiceQuotaExceededException",
      message: expect.stringContaining("resources of the kind 'component'"),
    });
    const calls = Array.from({ length: 8 }, () =>
      client.send(new ListComponentsCommand({})).then(
        () => "answered",
        (thrown: Error) => thrown.name,
      ),
    );
    expect(new Set(await Promise.all(calls))).toEqual(new Set(["answered", "CallRateLimitExceededException"]));
  }));
