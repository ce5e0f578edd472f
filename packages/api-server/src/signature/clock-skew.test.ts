import { ImagebuilderClient, ListImagesCommand } from "@aws-sdk/client-imagebuilder";
import { expect, test } from "@jest/globals";
import { KEY, startTestServer } from "../testing/test-server.js";

test.each([-3, 3])("an SDK whose clock is wrong by %i hours corrects it by the header Date, and repeats the call", async (hours) => {
  const { server, url, waitForRecords } = await startTestServer({ clock: () => new Date(Date.now() - hours * 3_600_000) });
  const client = new ImagebuilderClient({ endpoint: url, region: "eu-west-1", credentials: KEY });
  expect((await client.send(new ListImagesCommand({}))).$metadata).toMatchObject({ httpStatusCode: 200, attempts: 2 });
  expect((await waitForRecords(2)).map(({ status, error }) => [status, error])).toEqual([
    [403, "InvalidSignatureException"],
    [200, undefined],
  ]);
  client.destroy();
  await server.close();
});
