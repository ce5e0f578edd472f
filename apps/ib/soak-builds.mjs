import { spawn, spawnSync } from "node:child_process";
import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { chooseBuildHost } from "@imagewright/build-hosts";
import { importSmallImage } from "./dist/e2e/small-image.js";

const IB = join(import.meta.dirname, "bin", "ib.js");
// the processors are busy as long as this process lives
const LOAD = "while kill -0 $PPID 2> /dev/null; do i=0; while [ $i -lt 100000 ]; do i=$((i + 1)); done; done";

/** Small images that are built one after the other while all processors are busy: each build succeeds and leaves nothing but its image. */
export const smallBuilds = {
  name: "small-builds",
  count: 200,
  share: 5,
  why: () => {
    if (process.getuid?.() !== 0) return "it needs root";
    return spawnSync("buildah", ["--version"]).status === 0 ? undefined : "buildah is not installed";
  },
  prepare: async (folder) => {
    const name = `soak-${process.pid}`;
    const parent = `localhost/imagewright-soak/small:${process.pid}`;
    const data = join(folder, "home");
    const { host } = await chooseBuildHost({ preferred: "buildah", stateFolder: join(folder, "state") });
    await importSmallImage(host, parent);
    const load = Array.from({ length: availableParallelism() }, () => spawn("/bin/sh", ["-c", LOAD], { stdio: "ignore" }));
    const attempt = async (random, number) => {
      const place = join(folder, `recipe-${number}`);
      writeRecipe(place, { name, parent, seconds: (random() / 2).toFixed(2) });
      const { code, stdout, stderr } = await run(["build", "recipe.yaml", "--engine", "buildah", "--json", "--data-dir", data], place);
      if (code !== 0) return [`exit ${code}: ${stderr}`];
      const left = [
        ...leftIn(join(data, "state", "started")),
        ...leftIn(join(data, "state", "machines")),
        ...unendedIn(join(data, "builds")),
      ];
      const { tag } = JSON.parse(stdout);
      await host.removeImage(tag);
      return left.length === 0 ? [] : [`left behind: ${left.join(", ")}`];
    };
    const cleanUp = async () => {
      for (const child of load) child.kill("SIGKILL");
      await host.removeImage(parent);
    };
    return { attempt, cleanUp };
  },
};

function writeRecipe(place, { name, parent, seconds }) {
  const step = (phase, command) =>
    `  - { name: ${phase}, steps: [{ name: Only, action: ExecuteBash, inputs: { commands: ["${command}"] } }] }\n`;
  mkdirSync(place, { recursive: true });
  writeFileSync(
    join(place, "component.yaml"),
    `schemaVersion: 1.0\nphases:\n${step("build", `sleep ${seconds}; echo made > /made`)}${step("test", "test -e /made")}`,
  );
  writeFileSync(
    join(place, "recipe.yaml"),
    `name: ${name}\nsemanticVersion: 1.0.0\nparentImage: ${parent}\ncomponents: [{ document: component.yaml }]\n`,
  );
}

function run(parameters, cwd) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [IB, ...parameters], { cwd, stdio: ["ignore", "pipe", "pipe"] });
    let [stdout, stderr] = ["", ""];
    child.stdout.on("data", (chunk) => (stdout += chunk));
    child.stderr.on("data", (chunk) => (stderr += chunk));
    child.once("error", reject);
    child.once("close", (code) => resolve({ code, stdout, stderr }));
  });
}

function leftIn(folder) {
  try {
    return readdirSync(folder);
  } catch (thrown) {
    if (thrown.code === "ENOENT") return [];
    throw thrown;
  }
}

function unendedIn(folder) {
  return leftIn(folder).filter((id) => leftIn(join(folder, id)).includes("build.json"));
}
