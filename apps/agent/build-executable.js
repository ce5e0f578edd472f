// Packs the agent into one executable that needs no Node on the host: dist/ib-agent-<platform>-<architecture>.
// Without arguments for this machine; otherwise for the named targets, such as `node build-executable.js linux-arm64`.
import { spawnSync } from "node:child_process";
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";

const here = import.meta.dirname;
const { version } = JSON.parse(readFileSync(join(here, "package.json"), "utf8"));
const targets = process.argv.length > 2 ? process.argv.slice(2) : [`${process.platform}-${process.arch}`];

for (const target of targets) {
  const outfile = join(here, "dist", `ib-agent-${target}`);
  const { status } = spawnSync(
    findBun(),
    [
      ...["build", "src/main.ts", "--compile", `--target=bun-${target}`, "--minify", "--bytecode", "--format=esm", `--outfile=${outfile}`],
      `--define=AGENT_VERSION="${version}"`,
      // without these the executable would read .env and run preload scripts of bunfig.toml in whatever folder it is started
      "--no-compile-autoload-dotenv",
      "--no-compile-autoload-bunfig",
    ],
    { cwd: here, stdio: ["ignore", "ignore", "inherit"] },
  );
  if (status !== 0) process.exit(status ?? 1);
}

/** The bun that comes inside an npm package for this machine; its install script is not needed. */
function findBun() {
  const architecture = process.arch === "arm64" ? "aarch64" : process.arch;
  const name = `@oven/bun-${process.platform}-${architecture}`;
  return join(dirname(createRequire(import.meta.url).resolve(`${name}/package.json`)), "bin", "bun");
}
