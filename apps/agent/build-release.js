// Packs the agent for every platform into a folder, by default dist/release: the executables, SHA256SUMS, the licences, and sbom.cdx.json,
// which lists the packages that are in them (CycloneDX 1.5); and below npm/ the packages of npm. Prints a table of the sizes.
// `node build-release.js [FOLDER]`, after a build.
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { gzipSync } from "node:zlib";
import { bundledPackages } from "@imagewright/tsup-config/third-party-notices";
import { packExecutable, runtime, writeLicences } from "./pack-executable.js";
import { writePackages } from "./release-packages.js";

const TARGETS = ["windows-x64", "linux-x64", "linux-arm64", "darwin-x64", "darwin-arm64"];
const MEGABYTE = 1e6;

const outdir = resolve(process.argv[2] ?? join(import.meta.dirname, "dist", "release"));
const { version } = JSON.parse(readFileSync(join(import.meta.dirname, "package.json"), "utf8"));
rmSync(outdir, { recursive: true, force: true });
mkdirSync(outdir, { recursive: true });

const packed = TARGETS.map((target) => packExecutable(target, outdir));
const [{ metafile }] = packed;
writeLicences(outdir, metafile);
write("sbom.cdx.json", `${JSON.stringify(billOfMaterials(), null, 2)}\n`);
write("SHA256SUMS", packed.map(({ path }) => `${sha256(path)}  ${basename(path)}\n`).join(""));
writePackages(join(outdir, "npm"), Object.fromEntries(packed.map(({ path }, index) => [TARGETS[index], path])));
process.stdout.write(`| executable | MB | compressed |\n|---|---|---|\n${packed.map(({ path }) => `${row(path)}\n`).join("")}`);

function billOfMaterials() {
  const components = [{ ...runtime, name: "bun" }, ...bundledPackages(metafile)].map(({ name, version: release, license }) => ({
    type: "library",
    name,
    version: release,
    purl: `pkg:npm/${name.replace("@", "%40")}@${release}`,
    ...(license === undefined ? {} : { licenses: [{ expression: license }] }),
  }));
  const component = { type: "application", name: "ib-agent", version };
  return { bomFormat: "CycloneDX", specVersion: "1.5", version: 1, metadata: { component }, components };
}

function row(path) {
  const megabytes = (bytes) => (bytes / MEGABYTE).toFixed(0);
  return `| ${basename(path)} | ${megabytes(statSync(path).size)} | ${megabytes(gzipSync(readFileSync(path), { level: 1 }).length)} |`;
}

function sha256(path) {
  return createHash("sha256").update(readFileSync(path)).digest("hex");
}

function write(name, text) {
  writeFileSync(join(outdir, name), text);
}
