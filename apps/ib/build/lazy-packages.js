import { createRequire } from "node:module";
import { dirname, join } from "node:path";

/** Packages that few starts need, with what of them is used. */
const PACKAGES = {
  yaml: ["Composer", "Lexer", "Parser", "isAlias", "isMap", "isScalar", "isSeq"],
  ajv: ["Ajv"],
};
const FOLDER = "packages";

/**
 * An esbuild plugin: packages that are big and seldom needed (the YAML library, for documents that are not in the common form, and ajv, for
 * documents with faults) get files of their own, which are read when one of their functions is first called.
 */
export const lazyPackages = {
  name: "lazy-packages",
  setup(build) {
    const names = Object.keys(PACKAGES);
    const importers = {};
    build.onResolve({ filter: new RegExp(`^(?:${names.join("|")})$`) }, ({ path, importer }) => {
      if (!/[\\/]yaml-syntax[\\/]src[\\/]/.test(importer)) return undefined;
      importers[path] = importer;
      return { path, namespace: "lazy-package" };
    });
    build.onLoad({ filter: /.*/, namespace: "lazy-package" }, ({ path }) => ({ contents: standIn(path), loader: "js" }));
    build.onEnd(async ({ errors, metafile }) => {
      if (errors.length > 0) return;
      const { outdir, target, minifyWhitespace, minifySyntax } = build.initialOptions;
      const { metafile: own } = await build.esbuild.build({
        entryPoints: Object.fromEntries(Object.entries(importers).map(([name, from]) => [name, createRequire(from).resolve(name)])),
        ...{ bundle: true, platform: "node", format: "cjs", outExtension: { ".js": ".cjs" }, sourcemap: true, metafile: true },
        ...{ outdir: join(outdir, FOLDER), target, minifyWhitespace, minifySyntax },
      });
      requireBeside(metafile, outdir);
      // for the list of licences
      Object.assign(metafile.inputs, own.inputs);
    });
  },
};

/** Functions and classes that load the package when they are called. */
function standIn(name) {
  const lines = PACKAGES[name].map(
    (member) =>
      `export const ${member} = function (...given) { return new.target ? new (load().${member})(...given) : load().${member}(...given); };`,
  );
  return [
    'import { createRequire } from "node:module";',
    "let loaded;",
    `const load = () => (loaded ??= createRequire(import.meta.url)("./${FOLDER}/${name}.cjs"));`,
    ...lines,
  ].join("\n");
}

/** The paths in stand-ins are right only in files of the output's own folder. */
function requireBeside({ outputs }, outdir) {
  for (const [path, { inputs }] of Object.entries(outputs))
    if (Object.keys(inputs).some((input) => input.startsWith("lazy-package:")) && dirname(path) !== outdir.replace(/^\.\//, ""))
      throw new Error(`${path} would not find the packages that it loads`);
}
