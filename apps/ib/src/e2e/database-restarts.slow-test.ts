// Postgres is stopped, and killed with -9, while images run on it.
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { inspectEngines } from "@imagewright/build-hosts";
import { openEmbeddedDatabase } from "@imagewright/embedded-database";
import { describe, expect, test } from "@jest/globals";
import { ContainerImages, leftInEngine, statesOf, tagOf, withParentImage } from "./testing/container-images.js";
import { endPostgres, MovingDatabase } from "./testing/moving-database.js";
import { clientOf, serve, withReachableFolder } from "./testing/service.js";

const engine = (await inspectEngines()).find((report) => report.engine === "buildah");
const problem = engine?.usable === true ? undefined : `buildah ${engine?.finding}`;
const PATH = process.env["PATH"] ?? "";

/** The database of a server, in the data folder or elsewhere. */
async function databaseIn(folder: string, kind: "embedded" | "external") {
  if (kind === "external") {
    const database = await MovingDatabase.open(join(folder, "elsewhere"));
    const environment: Record<string, string> = { IMAGEWRIGHT_DATABASE_URL: database.url };
    return { environment, url: () => database.url, restart: database.restart.bind(database), close: () => database.close() };
  }
  const own = join(folder, "home", "database");
  let opened: Awaited<ReturnType<typeof openEmbeddedDatabase>> | undefined;
  return {
    environment: {},
    // asked when the server has ended
    url: async () => (opened ??= await openEmbeddedDatabase({ folder: own })).url,
    restart: (signal: "SIGINT" | "SIGKILL") => endPostgres(own, signal),
    close: async () => opened?.close(),
  };
}

(problem === undefined ? describe : describe.skip)(`a database that ends${problem === undefined ? "" : ` (skipped: ${problem})`}`, () => {
  test.each(["external", "embedded"] as const)(
    "%s: stopped and killed while images run, it leaves each to end in order, made once",
    (kind) =>
      withParentImage((parent, { inside }) =>
        withReachableFolder(async (folder) => {
          const database = await databaseIn(folder, kind);
          const server = serve(["--role", "all"], { folder, environment: { PATH, ...database.environment } });
          try {
            const images = new ContainerImages(await clientOf(await server.answering), parent);
            const arns = [];
            for (const name of ["one", "two", "three", "four"])
              arns.push(await images.create(name, "echo once >> /made; sleep 3; echo twice >> /made"));
            await images.running(arns[0] ?? "", "ApplyBuildComponents");
            for (const signal of ["SIGINT", "SIGKILL"] as const) {
              await database.restart(signal);
              await images.answers();
              // what was asked for meanwhile goes on for a moment
              await sleep(1_500);
            }
            for (const arn of arns) {
              const image = await images.ended(arn);
              expect([arn, image.state, image.version]).toEqual([arn, { status: "AVAILABLE" }, "1.0.0/1"]);
              expect(await images.builds(arn)).toEqual(["1.0.0/1"]);
              expect(await inside(tagOf(image), ["cat", "/made"])).toBe("once\ntwice\n");
            }
            server.child.kill("SIGTERM");
            expect((await server.ended).code).toBe(143);
            const url = await database.url();
            for (const arn of arns) expect(await statesOf(url, arn)).toBe("PENDING CREATING BUILDING AVAILABLE");
            expect(await leftInEngine(join(folder, "home", "state"))).toEqual([]);
          } finally {
            server.child.kill("SIGTERM");
            await server.ended;
            await leftInEngine(join(folder, "home", "state"));
            await database.close();
          }
        }),
      ),
  );
});
