// What comes with the service, as clients of a real `ib serve` see it.
import { once } from "node:events";
import { mkdir, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { GetComponentCommand, GetImageCommand, ListImagesCommand, type ImagebuilderClient } from "@aws-sdk/client-imagebuilder";
import { expect, test } from "@jest/globals";
import { clientOf, withService } from "./testing/service.js";

const COMMAND = (command: string) =>
  `schemaVersion: 1.0\nphases: [{ name: build, steps: [{ name: A, action: ExecuteBash, inputs: { commands: [${command}] } }] }]\n`;
const LIST = "components: [{ name: own-tool, semanticVersion: 1.2.0, platform: Linux, document: tool.yaml }]\n";
const arn = (rest: string) => `arn:aws:imagebuilder:us-east-1:aws:${rest}`;

async function writeOwn(folder: string, command: string): Promise<string> {
  const own = join(folder, "own");
  await mkdir(own, { recursive: true });
  await writeFile(join(own, "catalogue.yaml"), LIST);
  await writeFile(join(own, "tool.yaml"), COMMAND(command));
  return own;
}

const toolOf = async (client: ImagebuilderClient) =>
  (await client.send(new GetComponentCommand({ componentBuildVersionArn: arn("component/own-tool/x.x.x") }))).component;

test("a server has the catalogue and a folder of one's own; a changed document is the next build, at the next start", () =>
  withService(async (start, { folder }) => {
    const own = await writeOwn(folder, "echo one");
    const first = start(["--catalogue", own]);
    const client = await clientOf(await first.answering);
    const { component } = await client.send(new GetComponentCommand({ componentBuildVersionArn: arn("component/update-linux/x.x.x") }));
    expect(component).toMatchObject({ arn: arn("component/update-linux/1.0.0/1"), owner: "aws" });
    expect(await toolOf(client)).toMatchObject({ arn: arn("component/own-tool/1.2.0/1"), data: COMMAND("echo one") });
    first.child.kill("SIGTERM");
    await first.ended;

    await writeOwn(folder, "echo two");
    const again = await clientOf(await start(["--catalogue", own]).answering);
    expect(await toolOf(again)).toMatchObject({ arn: arn("component/own-tool/1.2.0/2"), data: COMMAND("echo two") });
  }));

/** A mirror of Debian on this machine, which has the suite trixie. */
async function withMirror(body: (url: string) => Promise<void>): Promise<void> {
  const mirror = createServer(({ url }, response) => {
    if (url === "/debian/dists/trixie/Release") response.end("Origin: Debian\nDate: Sat, 09 Aug 2025 09:00:00 UTC\n");
    else response.writeHead(404).end();
  }).listen(0, "127.0.0.1");
  await once(mirror, "listening");
  try {
    await body(`http://127.0.0.1:${(mirror.address() as AddressInfo).port}/debian`);
  } finally {
    mirror.closeAllConnections();
    mirror.close();
  }
}

test("base images have the dates of the mirror, and what it does not say is a warning", () =>
  withMirror(async (url) =>
    withService(async (start) => {
      const server = start(["--debian-mirror", url]);
      const client = await clientOf(await server.answering);
      const find = async () => {
        const { imageVersionList = [] } = await client.send(new ListImagesCommand({ owner: "Amazon" }));
        return imageVersionList.map((image) => image.arn);
      };
      // it is asked once the server answers
      while ((await find()).length === 0) await new Promise((resolve) => setTimeout(resolve, 20));
      expect(await find()).toEqual([arn("image/debian-13-x86/2025.08.09")]);
      const { image } = await client.send(new GetImageCommand({ imageBuildVersionArn: arn("image/debian-13-x86/x.x.x") }));
      expect(image).toMatchObject({ arn: arn("image/debian-13-x86/2025.08.09/1"), state: { status: "AVAILABLE" }, outputResources: {} });
      server.child.kill("SIGTERM");
      const cause = `the release date at "${url}/dists/bookworm/Release" cannot be read: the mirror answers 404`;
      expect((await server.ended).stderr).toContain(`warning: the base image debian-12-x86 has no version yet: ${cause}\n`);
    }),
  ));
