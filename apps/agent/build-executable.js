// Packs the agent into one executable that needs no Node on the host: dist/ib-agent-<platform>-<architecture>.
// Without arguments for this machine; otherwise for the named targets, such as `node build-executable.js linux-arm64 windows-x64`.
// dist/third-party-notices.txt has the licences of what is in it.
import { join } from "node:path";
import { packExecutable, writeLicences } from "./pack-executable.js";

const outdir = join(import.meta.dirname, "dist");
const own = `${process.platform === "win32" ? "windows" : process.platform}-${process.arch}`;
const targets = process.argv.length > 2 ? process.argv.slice(2) : [own];
for (const target of targets) writeLicences(outdir, packExecutable(target, outdir).metafile);
