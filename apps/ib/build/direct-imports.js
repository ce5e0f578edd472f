import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";

// the folder of this file is another one when the build's configuration is bundled
const PACKAGES = join(process.cwd(), "..", "..", "packages");
const NAMED = /^(import|export) \{([^}]*)\} from "(@imagewright\/(?!agent")[a-z-]+)";$/gm;
const exportsOf = new Map();

/**
 * An esbuild plugin: what a file imports from one of our packages comes from the file of that package which defines it, not from its
 * `index.ts`. esbuild divides code among the commands by files: through an index, a command that uses one function would read the whole
 * package at each start.
 */
export const directImports = {
  name: "direct-imports",
  setup(build) {
    build.onLoad({ filter: /[\\/](packages|apps)[\\/][^\\/]+[\\/]src[\\/].*\.ts$/ }, ({ path }) => ({
      contents: withDirectImports(readFileSync(path, "utf8"), path),
      loader: "ts",
    }));
  },
};

function withDirectImports(code, path) {
  return code.replace(NAMED, (line, keyword, list, name) => {
    const defined = definitions(name);
    const direct = specifiers(list).map(({ from, to }) => {
      const { file, name: original } = defined.get(from) ?? {};
      if (file === undefined) throw new Error(`${path}: ${name} exports no ${from}`);
      return `${keyword} { ${original} as ${to} } from ${JSON.stringify(file)};`;
    });
    // on one line, so that places in source maps stay right
    return direct.join(" ") + "\n".repeat(line.split("\n").length - 1);
  });
}

/** Where each name that a package exports is defined. */
function definitions(name) {
  const folder = join(PACKAGES, name.slice("@imagewright/".length), "src");
  if (!exportsOf.has(name)) exportsOf.set(name, readIndex(join(folder, "index.ts")));
  return exportsOf.get(name);
}

function readIndex(path) {
  const code = readFileSync(path, "utf8");
  const defined = new Map();
  for (const [, list, from] of code.matchAll(/^export \{([^}]*)\} from "([^"]+)";$/gm)) {
    const file = join(dirname(path), from.replace(/\.js$/, ".ts"));
    for (const { from: name, to } of specifiers(list)) defined.set(to, { file, name });
  }
  return defined;
}

/** The values of a list of names; types are left out. */
function specifiers(list) {
  const names = list.split(",").map((text) => text.replace(/\/\*.*?\*\//gs, "").trim());
  return names
    .filter((text) => text !== "" && !text.startsWith("type "))
    .map((text) => {
      const [from, to = from] = text.split(/\s+as\s+/);
      return { from, to };
    });
}
