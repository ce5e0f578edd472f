// Packs the agent into one executable that needs no Node on the host: dist/ib-agent-<platform>-<architecture>.
// Without arguments for this machine; otherwise for the named targets, such as `node build-executable.js linux-arm64 windows-x64`.
// bun fetches its runtime for another platform.
// dist/third-party-notices.txt has the licences of what is in it.
import { spawnSync } from "node:child_process";
import { createRequire } from "node:module";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { writeNotices } from "@imagewright/tsup-config/third-party-notices";

const here = import.meta.dirname;
const { version } = readJson(join(here, "package.json"));
const targets =
  process.argv.length > 2 ? process.argv.slice(2) : [`${process.platform === "win32" ? "windows" : process.platform}-${process.arch}`];
const bun = findBun();
const folder = mkdtempSync(join(tmpdir(), "imagewright-agent-"));

try {
  for (const target of targets) pack(target, join(folder, "metafile.json"));
} finally {
  rmSync(folder, { recursive: true });
}

function pack(target, metafile) {
  const outfile = join(here, "dist", `ib-agent-${target}`);
  const { status } = spawnSync(
    join(bun, "bin", "bun"),
    [
      ...["build", "src/main.ts", "--compile", `--target=bun-${target}`, "--minify", "--bytecode", "--format=esm", `--outfile=${outfile}`],
      `--define=AGENT_VERSION="${version}"`,
      `--metafile=${metafile}`,
      // without these the executable would read .env and run preload scripts of bunfig.toml in whatever folder it is started
      "--no-compile-autoload-dotenv",
      "--no-compile-autoload-bunfig",
    ],
    { cwd: here, stdio: ["ignore", "ignore", "inherit"] },
  );
  if (status !== 0) throw new Error(`bun ended with ${status} for ${target}`);
  writeNotices(join(here, "dist"), readJson(metafile), [runtimeNotice()]);
}

/** The runtime in the executable, which is no input of the bundle. */
function runtimeNotice() {
  const { license, homepage, version: release } = readJson(join(bun, "package.json"));
  return `bun ${release}\n\nLicence: ${license}. The runtime has parts under other licences, JavaScriptCore under the LGPL-2 among them:\n${homepage}/docs/project/license\n`;
}

/** The package that has bun for this machine; its install script is not needed. */
function findBun() {
  const architecture = process.arch === "arm64" ? "aarch64" : process.arch;
  return dirname(createRequire(import.meta.url).resolve(`@oven/bun-${process.platform}-${architecture}/package.json`));
}

function readJson(path) {
  return JSON.parse(readFileSync(path, "utf8"));
}
