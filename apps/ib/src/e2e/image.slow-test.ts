// An image from the API to AVAILABLE, and its log in another process while a server builds it.
import { join } from "node:path";
import { chooseBuildHost, inspectEngines } from "@imagewright/build-hosts";
import { testImageProblem } from "@imagewright/build-hosts/contract";
import { expect, test } from "@jest/globals";
import { ib } from "./ib.js";
import { importSmallImage } from "./small-image.js";
import { createContainerImage } from "./testing/container-image.js";
import { clientOf, withService } from "./testing/service.js";

const [engine] = (await inspectEngines()).filter(({ usable }) => usable);
const problem = engine === undefined ? "no container engine can be used" : testImageProblem();
const name = `followed-${process.pid}`;
const PHASES = { build: "echo first; sleep 2; echo second >&2", test: "echo third" };

(problem === undefined ? test : test.skip)(
  `ib image logs -f shows what steps print while ib serve builds, and ib image show what has run${problem === undefined ? "" : ` (skipped: ${problem})`}`,
  () =>
    withService(async (start, { folder, databaseUrl }) => {
      const parent = `localhost/imagewright-test/${name}:1`;
      const { host } = await chooseBuildHost({ preferred: undefined, stateFolder: join(folder, "home", "state") });
      await importSmallImage(host, parent);
      try {
        const client = await clientOf(await start(["--role", "all"], folder, { PATH: process.env["PATH"] ?? "" }).answering);
        await createContainerImage(client, { name, parent, phases: PHASES });

        const options = { folder, environment: { IMAGEWRIGHT_DATABASE_URL: databaseUrl } };
        const followed = await ib(["image", "logs", name, "--follow"], options);
        expect([followed.code, followed.stderr]).toEqual([0, ""]);
        const said = followed.stdout.trimEnd().split("\n");
        const words = said.map((line) => /\] (first|second|third)$/.exec(line)?.[1] ?? []).flat();
        expect(words).toEqual(["first", "second", "third"]);
        expect(said.at(-1)).toMatch(/Z the image is AVAILABLE$/);
        const [first, second] = ["first", "second"].map((word) =>
          Date.parse(said.find((line) => line.endsWith(word))?.split(" ")[0] ?? ""),
        );
        expect((second ?? 0) - (first ?? 0)).toBeGreaterThanOrEqual(1900);

        const { stdout } = await ib(["image", "show", name], options);
        const tag = `localhost/000000000000/us-east-1/${name}:1.0.0-1`;
        expect(stdout).toContain(`${name} 1.0.0/1 is AVAILABLE\n`);
        expect(stdout).toContain(`  image     ${tag}\n`);
        expect(stdout).toContain(`ib image logs ${name}/1.0.0/1, ${join(folder, "home", "service", "logs")}`);
        expect(stdout).toMatch(/ApplyBuildComponents \(ExecuteComponents\) COMPLETED after \d+\.\d s/);
        expect(stdout).toContain("look inside:\n");
        await host.removeImage(tag);
      } finally {
        await host.removeImage(parent);
      }
    }),
);
