// Packs the agent into one executable that needs no Node on the host: dist/ib-agent-<platform>-<architecture>.
// Without arguments for this machine; otherwise for the named targets, such as `node build-executable.js linux-arm64 windows-x64`.
// dist/third-party-notices.txt has the licences of what is in it. `--into FOLDER` before the targets writes both to another folder.
import { join, resolve } from "node:path";
import { packExecutable, writeLicences } from "./pack-executable.js";

const given = process.argv.slice(2);
const outdir = given[0] === "--into" ? resolve(given.splice(0, 2)[1]) : join(import.meta.dirname, "dist");
const own = `${process.platform === "win32" ? "windows" : process.platform}-${process.arch}`;
for (const target of given.length > 0 ? given : [own]) writeLicences(outdir, packExecutable(target, outdir).metafile);
