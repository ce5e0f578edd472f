import { defineConfig } from "tsup";

/** How every library is built: one ESM file and its map; tsc writes the types beside it. */
export default defineConfig({
  entry: ["src/index.ts"],
  format: ["esm"],
  target: "node20",
  sourcemap: true,
  silent: true,
});
