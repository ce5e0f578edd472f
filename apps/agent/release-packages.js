// The packages of npm that bring the agent: one for each platform, which npm installs only there, and the agent's own, of which they are
// optional dependencies. So that whoever installs ib gets the one executable that the machine needs.
import { chmodSync, copyFileSync, cpSync, linkSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { executableName, platformPackage } from "./dist/index.js";

const here = import.meta.dirname;
const own = JSON.parse(readFileSync(join(here, "package.json"), "utf8"));
const LICENCE = join(here, "..", "..", "LICENSE");
const NOTICES = "third-party-notices.txt";
// npm's names, which are Node's
const SYSTEMS = { windows: "win32", linux: "linux", darwin: "darwin" };

/** Writes them as folders, ready for `npm publish`: `agent-<target>` for each executable, by its target, and `agent`. */
export function writePackages(outdir, executables) {
  const names = Object.keys(executables).map((target) => writePlatform(outdir, target, executables[target]));
  writeOwn(outdir, names);
}

function writePlatform(outdir, target, executable) {
  const [system, cpu] = target.split("-");
  const name = platformPackage(SYSTEMS[system], cpu);
  const folder = makeFolder(outdir, name);
  const file = executableName(SYSTEMS[system]);
  // the same file as that of the release, which is large
  linkSync(executable, join(folder, file));
  chmodSync(join(folder, file), 0o755);
  copyFileSync(join(executable, "..", NOTICES), join(folder, NOTICES));
  const description = `ib-agent for ${target}; @imagewright/agent finds it`;
  writeManifest(folder, { ...common(), name, description, os: [SYSTEMS[system]], cpu: [cpu], files: [file, NOTICES] });
  writeFileSync(join(folder, "README.md"), `# ${name}\n\nThe executable of \`@imagewright/agent\` for ${target}.\n`);
  return name;
}

function writeOwn(outdir, names) {
  const folder = makeFolder(outdir, own.name);
  const files = ["index.js", "index.d.ts"];
  for (const file of files) cpSync(join(here, "dist", file), join(folder, "dist", file));
  copyFileSync(join(here, "README.md"), join(folder, "README.md"));
  const optionalDependencies = Object.fromEntries(names.map((name) => [name, own.version]));
  writeManifest(folder, {
    ...common(),
    name: own.name,
    description: own.description,
    exports: own.exports,
    files: ["dist"],
    optionalDependencies,
  });
}

function common() {
  const { version, license, type } = own;
  return { version, license, type };
}

function makeFolder(outdir, name) {
  const folder = join(outdir, basename(name));
  mkdirSync(folder, { recursive: true });
  copyFileSync(LICENCE, join(folder, "LICENSE"));
  return folder;
}

function writeManifest(folder, manifest) {
  writeFileSync(join(folder, "package.json"), `${JSON.stringify(manifest, null, 2)}\n`);
}
