// Packs the agent into one executable that needs no Node on the host.
import { spawnSync } from "node:child_process";
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { writeNotices } from "@imagewright/tsup-config/third-party-notices";
import { signMachO } from "./sign-mach-o.js";

const here = import.meta.dirname;
const { version } = readJson(join(here, "package.json"));
const bun = findBun();

/**
 * Packs it for a target, such as `linux-arm64` or `windows-x64`, into `ib-agent-<target>` of a folder. Returns the path of the executable,
 * and the bundler's metafile, which says what is in it. bun fetches its runtime for another platform than this one.
 */
export function packExecutable(target, outdir) {
  const outfile = join(outdir, `ib-agent-${target}`);
  const { status, stdout } = spawnSync(join(bun, "bin", "bun"), ["pack-with-bun.js", target, outfile, version], {
    ...{ cwd: here, stdio: ["ignore", "pipe", "inherit"], maxBuffer: 64 * 1024 * 1024 },
  });
  if (status !== 0) throw new Error(`bun ended with ${status} for ${target}`);
  if (target === "darwin-x64") signMachO(outfile, "ib-agent");
  return { path: target.startsWith("windows-") ? `${outfile}.exe` : outfile, metafile: JSON.parse(stdout) };
}

/** Writes the licences of all that is in an executable into a folder. */
export function writeLicences(outdir, metafile) {
  writeNotices(outdir, metafile, [runtimeNotice()]);
}

/** The runtime in the executable, which is no input of the bundle: its package's name, version and licence. */
export const runtime = readJson(join(bun, "package.json"));

function runtimeNotice() {
  const { license, homepage, version: release } = runtime;
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
