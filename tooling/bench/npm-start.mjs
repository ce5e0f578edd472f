import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { compare, measure } from "./measure.mjs";

const ROOT = join(import.meta.dirname, "..", "..");
const RECIPE = join("examples", "web-server", "recipe.yaml");

/** `npm start` where everything is installed, built and cached, compared with the build of the example that it ends with. */
export async function npmStart(folder) {
  const what = "`npm start` where everything is there, next to the `ib build` that it ends with";
  if (process.getuid?.() !== 0 || spawnSync("buildah", ["--version"]).status !== 0) return [{ what, detail: "it needs root and buildah" }];
  const options = { cwd: ROOT, env: { ...process.env, IMAGEWRIGHT_HOME: join(folder, "start-home") } };
  const start = () => measure(["npm", "start", "--", "--engine", "buildah"], options);
  const build = () => measure([process.execPath, join("apps", "ib", "bin", "ib.js"), "build", RECIPE, "--engine", "buildah"], options);
  await start(); // makes the base if it is missing
  const { ratio, ours, theirs } = await compare(5, start, build);
  return [{ what, value: ratio, unit: " times", limit: 1.3, detail: `${ours.toFixed(1)} s and ${theirs.toFixed(1)} s` }];
}
