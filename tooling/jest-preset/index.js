import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";

const require = createRequire(import.meta.url);

/** Runs TypeScript tests as native ES modules; types are checked by the build, not here. */
export default {
  testEnvironment: "node",
  roots: ["<rootDir>/src"],
  testMatch: ["**/*.test.ts"],
  extensionsToTreatAsEsm: [".ts", ".yaml", ".sql"],
  moduleNameMapper: {
    "^(\\.{1,2}/.*)\\.js$": "$1",
    "^fast-check$": require.resolve("./fast-check.js"),
    "^unseeded-fast-check$": fileURLToPath(import.meta.resolve("fast-check")),
  },
  transform: {
    "^.+\\.(yaml|sql)$": fileURLToPath(import.meta.resolve("./text-module.js")),
    "^.+\\.ts$": [require.resolve("@swc/jest"), { jsc: { target: "es2022", parser: { syntax: "typescript" } }, module: { type: "es6" } }],
  },
  // ends a test that hangs; a slow or busy machine stays far below it
  testTimeout: 300_000,
};
