import { readFileSync } from "node:fs";

// what the TypeScript compiler makes of an import: const errors_1 = require("./errors");
const IMPORT = /^(?:const|var) (\w+_\d+|Errors|Parser) = ((?:__import(?:Default|Star)\()?require\("[^"]+"\)\)?);$/gm;

/**
 * An esbuild plugin: a file of oclif's loads another one, or a package, when it first uses it. As published, each start loads everything,
 * with globbing, semver and the debugger's output, for which `ib` has no use.
 */
export const lazyOclif = {
  name: "lazy-oclif",
  setup(build) {
    build.onLoad({ filter: /@oclif[\\/]core[\\/]lib[\\/].*\.js$/ }, ({ path }) => ({
      contents: withLazyImports(readFileSync(path, "utf8")),
    }));
  },
};

function withLazyImports(code) {
  const getters = [];
  const names = [];
  const rest = code.replace(IMPORT, (_, name, value) => {
    names.push(name);
    getters.push(`get ${name}() { const value = ${value}; Object.defineProperty(this, "${name}", { value }); return value; }`);
    return "";
  });
  if (names.length === 0) return code;
  const use = new RegExp(`(?<![\\w$.])(?:${names.join("|")})(?![\\w$])`, "g");
  // on the first line, so that places in source maps stay right
  return `const lazy_ = { ${getters.join(", ")} }; ${rest.replace(use, (name) => `lazy_.${name}`)}`;
}
