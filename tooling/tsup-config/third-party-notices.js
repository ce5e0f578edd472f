import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** An esbuild plugin: writes the licences of all packages that went into the bundle to third-party-notices.txt beside it. */
export const thirdPartyNotices = {
  name: "third-party-notices",
  setup(build) {
    build.initialOptions.metafile = true;
    build.onEnd(({ metafile, errors }) => {
      if (errors.length === 0) writeNotices(build.initialOptions.outdir, metafile);
    });
  },
};

/**
 * Writes third-party-notices.txt into a folder: the licences of all packages whose files are the inputs of a bundle, by the bundler's
 * metafile. `further` are notices of what else is in the bundle.
 */
export function writeNotices(folder, { inputs }, further = []) {
  const folders = foldersOf(inputs);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "third-party-notices.txt"), [...further, ...notices(folders)].join(`\n${"-".repeat(80)}\n\n`));
}

/** The manifests of all packages whose files are the inputs of a bundle, by the bundler's metafile. */
export function bundledPackages({ inputs }) {
  return foldersOf(inputs)
    .map((folder) => JSON.parse(readFileSync(join(folder, "package.json"), "utf8")))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

function foldersOf(inputs) {
  return [...new Set(Object.keys(inputs).flatMap((input) => packageFolder(input) ?? []))];
}

/** `…/node_modules/yaml` of `…/node_modules/yaml/dist/index.js`; nothing for our own files. */
function packageFolder(input) {
  return /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+/.exec(input)?.[0];
}

/** Each licence text once, below the packages that have it. */
function notices(folders) {
  const packages = new Map();
  for (const folder of folders) {
    const { name, version, license } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
    const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
    if (file === undefined && license === undefined) throw new Error(`${name} ${version} is bundled and names no licence`);
    const text = file === undefined ? `Licence: ${license}` : readFileSync(join(folder, file), "utf8").trim();
    packages.set(text, [...(packages.get(text) ?? []), `${name} ${version}`].sort());
  }
  return [...packages].map(([text, names]) => `${names.join("\n")}\n\n${text}\n`).sort();
}
