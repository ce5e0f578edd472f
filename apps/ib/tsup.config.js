import { compiledChecks } from "@imagewright/compiled-checks";
import { thirdPartyNotices } from "@imagewright/tsup-config/third-party-notices";
import { defineConfig } from "tsup";
import { directImports } from "./build/direct-imports.js";
import { lazyOclif } from "./build/lazy-oclif.js";
import { lazyPackages } from "./build/lazy-packages.js";

/**
 * A file for each command, with all that it needs in files that commands share: what starts is read from few files, and a command that is
 * not called is not read; and what `pnpm soak` needs. Only the agent stays outside, since its package is an executable.
 */
export default defineConfig({
  entry: ["src/main.ts", "src/commands/**/*.ts", "src/e2e/small-image.ts"],
  format: ["esm"],
  target: "node20",
  clean: true,
  sourcemap: true,
  silent: true,
  removeNodeProtocol: false,
  // oclif asks for TypeScript where it finds sources; readline/promises belongs to Node; pg can do without pg-native
  external: ["@imagewright/agent", "typescript", "readline/promises", "pg-native"],
  // a dependency, but for its stand-in below, which loads it when it is needed
  noExternal: ["re2js"],
  banner: {
    // what CommonJS modules expect
    js: [
      'import { createRequire as createRequire_ } from "node:module";',
      "const require = createRequire_(import.meta.url), __filename = import.meta.filename, __dirname = import.meta.dirname;",
    ].join("\n"),
  },
  loader: { ".yaml": "text", ".sql": "text" },
  esbuildPlugins: [compiledChecks, directImports, lazyOclif, lazyPackages, thirdPartyNotices],
  esbuildOptions: (options) => {
    options.alias = {
      "wsl-utils": "./build/wsl-utils.js",
      re2js: "./build/re2js.js",
      ...{ minimatch: "./build/unused.js", tinyglobby: "./build/unused.js", "cli-spinners": "./build/unused.js" },
    };
    // half of the time of a start is reading the code; names stay for stack traces
    Object.assign(options, { minifyWhitespace: true, minifySyntax: true });
  },
});
