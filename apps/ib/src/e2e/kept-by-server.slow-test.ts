// The container in which an image of a server has failed, kept for a person to look into.
import { join } from "node:path";
import { inspectEngines } from "@imagewright/build-hosts";
import { describe, expect, test } from "@jest/globals";
import { containersOf } from "./engine-state.js";
import { ib } from "./ib.js";
import { ContainerImages, engineOfServers, leftInEngine, withParentImage } from "./testing/container-images.js";
import { clientOf, serve, withReachableFolder } from "./testing/service.js";

const engine = (await inspectEngines()).find((report) => report.engine === "buildah");
const problem = engine?.usable === true ? undefined : `buildah ${engine?.finding}`;
const KEPT = /^the container (\S+) is kept\n {2}look inside: .+\n {2}remove it: {3}ib build discard (\S+)$/m;

(problem === undefined ? describe : describe.skip)(
  `terminateInstanceOnFailure: false${problem === undefined ? "" : ` (skipped: ${problem})`}`,
  () => {
    test("ib image show and ib build --resume name the container of a failed image, which outlives its server, until it is discarded", () =>
      withParentImage((parent) =>
        withReachableFolder(async (folder) => {
          const start = () => serve(["--role", "all"], { folder, environment: { PATH: process.env["PATH"] ?? "" } });
          const stop = async ({ child, ended }: ReturnType<typeof start>) => {
            child.kill("SIGTERM");
            await ended;
          };
          const { name: engineName } = await engineOfServers(join(folder, "state-of-looks"));
          const servers = [start()];
          try {
            const [first] = servers as [ReturnType<typeof start>];
            const images = new ContainerImages(await clientOf(await first.answering), parent);
            const name = images.nameOf("fails");
            expect((await images.ended(await images.createKept("fails", "echo left > /left; exit 3"))).state?.status).toBe("FAILED");
            const show = async () => (await ib(["image", "show", name], { folder })).stdout;
            const [, container = "", build = ""] = KEPT.exec(await show()) ?? [];
            expect(build).toMatch(/^b-/);
            expect((await ib(["build", "--resume"], { folder })).stdout).toMatch(new RegExp(`^${build} .*its container is kept`, "m"));
            const shown = (await ib(["image", "show", name, "--json"], { folder })).stdout;
            expect(JSON.parse(shown)).toMatchObject({ status: "FAILED", keptBy: build });

            expect(containersOf(engineName, parent)).toEqual([`${parent} ${container}`]);
            // a server removes what nobody needs when it starts
            await stop(first);
            servers.push(start());
            await images.at(await clientOf(await (servers[1] as typeof first).answering)).answers();
            expect(containersOf(engineName, parent)).toEqual([`${parent} ${container}`]);
            const discarded = await ib(["build", "discard", build], { folder });
            expect([discarded.code, discarded.stderr]).toEqual([0, expect.stringContaining(`the container of ${build} is discarded\n`)]);
            expect(containersOf(engineName, parent)).toEqual([]);
            expect(await show()).not.toContain("is kept");
          } finally {
            for (const server of servers) await stop(server);
            await leftInEngine(join(folder, "home", "state"));
          }
        }),
      ));
  },
);
