// The servers of an earlier commit are followed by today's, on the same database and data folder, while they build images.
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { inspectEngines } from "@imagewright/build-hosts";
import { createTestDatabase } from "@imagewright/embedded-database/testing";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { ContainerImages, leftInEngine, statesOf, tagOf, withParentImage } from "./testing/container-images.js";
import { buildEarlierProgram, whyNoEarlierProgram, type EarlierProgram } from "./testing/earlier-program.js";
import { clientOf, serve, withReachableFolder, type ServerOptions, type ServerProcess } from "./testing/service.js";

const engine = (await inspectEngines()).find((report) => report.engine === "buildah");
const problem = engine?.usable === true ? whyNoEarlierProgram() : `buildah ${engine?.finding}`;
// the image that is built and the one that waits leave no room
const CONFIGURATION = "service: { quotas: { imagesAtOnceOfServer: 2 } }\n";
const ONCE = "echo once >> /made";
const STATES = { tested: "PENDING CREATING BUILDING TESTING AVAILABLE", untested: "PENDING CREATING BUILDING AVAILABLE" };
const PATH = { PATH: process.env["PATH"] ?? "" };

/** Runs the body with servers, of which none is left, and a database of their own, or the embedded one of their data folder. */
function withServers(
  kind: "embedded" | "external",
  body: (
    start: (role: string, options?: Partial<ServerOptions>) => ServerProcess,
    databaseUrl: string | undefined,
    folder: string,
  ) => Promise<void>,
): Promise<void> {
  return withReachableFolder(async (folder) => {
    const database = kind === "external" ? await createTestDatabase({ name: "upgrades", migrate: () => Promise.resolve() }) : undefined;
    await mkdir(join(folder, ".config", "imagewright"), { recursive: true });
    await writeFile(join(folder, ".config", "imagewright", "config.yaml"), CONFIGURATION);
    const started: ServerProcess[] = [];
    const start = (role: string, { environment = {}, ...more }: Partial<ServerOptions> = {}) => {
      const url: Record<string, string> = database === undefined ? {} : { IMAGEWRIGHT_DATABASE_URL: database.url };
      const server = serve(["--role", role], { folder, environment: { ...PATH, ...url, ...environment }, ...more });
      started.push(server);
      return server;
    };
    try {
      await body(start, database?.url, folder);
    } finally {
      for (const { child } of started) child.kill("SIGTERM");
      await Promise.all(started.map(({ ended }) => ended));
      await leftInEngine(join(folder, "home", "state"));
      await database?.drop();
    }
  });
}

(problem === undefined ? describe : describe.skip)(`upgrades${problem === undefined ? "" : ` (skipped: ${problem})`}`, () => {
  let earlier: EarlierProgram;
  beforeAll(async () => {
    earlier = await buildEarlierProgram();
  });
  afterAll(() => earlier?.remove());

  test.each([
    ["stopped", "SIGTERM", "external"],
    ["killed with -9", "SIGKILL", "embedded"],
  ] as const)(
    "the earlier program is %s: today's goes on with what it built, what waited, what was queued and what was due",
    (_, signal, kind) =>
      withParentImage((parent, { inside }) =>
        withServers(kind, async (start, databaseUrl, folder) => {
          const before = start("all", { program: earlier.ib });
          const images = new ContainerImages(await clientOf(await before.answering), parent);
          const waiting = await images.createWaiting("waiting", ONCE);
          const step = await images.waits(waiting);
          const built = await images.create("built", "echo once >> /made; sleep 5; echo twice >> /made");
          await images.running(built, "ApplyBuildComponents");
          const queued = await images.create("queued", ONCE);
          const scheduled = await images.schedule("scheduled", ONCE);
          await sleep(500);
          before.child.kill(signal);
          await before.ended;

          const after = start("all");
          const later = images.at(await clientOf(await after.answering));
          await later.resume(waiting, step);
          for (const arn of [built, waiting, queued, scheduled]) {
            const image = await later.ended(arn);
            expect([arn, image.state, image.version]).toEqual([arn, { status: "AVAILABLE" }, "1.0.0/1"]);
            expect(await later.builds(arn)).toEqual(["1.0.0/1"]);
            expect(await inside(tagOf(image), ["cat", "/made"])).toBe(arn === built ? "once\ntwice\n" : "once\n");
            if (databaseUrl !== undefined) expect(await statesOf(databaseUrl, arn)).toBe(arn === waiting ? STATES.tested : STATES.untested);
          }
          after.child.kill("SIGTERM");
          const { code, stderr } = await after.ended;
          expect([code, stderr]).toEqual([143, expect.not.stringContaining("no image is built")]);
          expect(await leftInEngine(join(folder, "home", "state"))).toEqual([]);
        }),
      ),
  );

  test("the earlier program runs beside today's: it ends what it has begun, begins nothing else and says why", () =>
    withParentImage((parent, { inside }) =>
      withServers("external", async (start, _, folder) => {
        const before = start("all", { program: earlier.ib });
        const images = new ContainerImages(await clientOf(await before.answering), parent);
        const built = await images.create("built", "echo once >> /made; sleep 8; echo twice >> /made");
        await images.running(built, "ApplyBuildComponents");
        const own = { environment: { IMAGEWRIGHT_HOME: join(folder, "other") } };
        const answering = start("api", own);
        const later = images.at(await clientOf(await answering.answering));
        // both answer, and what one has stored the other one has
        const asked = [await images.create("asked-before", ONCE), await later.create("asked-after", ONCE)];
        const first = await later.ended(built);
        expect(first.state).toEqual({ status: "AVAILABLE" });
        expect(await inside(tagOf(first), ["cat", "/made"])).toBe("once\ntwice\n");
        for (const arn of asked) expect((await images.image(arn)).state?.status).toBe("PENDING");
        answering.child.kill("SIGTERM");
        await answering.ended;

        start("worker", own);
        for (const arn of asked) {
          const image = await images.ended(arn);
          expect(image.state).toEqual({ status: "AVAILABLE" });
          expect(await inside(tagOf(image), ["cat", "/made"])).toBe("once\n");
        }
        before.child.kill("SIGTERM");
        expect((await before.ended).stderr).toMatch(/the program of this server is older, so it begins no image: stop it/);
      }),
    ));
});
