#!/usr/bin/env node
// Runs jest for ES modules and writes the counts to .test-results.json, for the root's test command.
// `--slow` runs *.slow-test.ts instead of *.test.ts.
import { spawnSync } from "node:child_process";
import { createRequire } from "node:module";
import { availableParallelism } from "node:os";

const jest = createRequire(import.meta.url).resolve("jest/bin/jest");
const passed = process.argv.slice(2);
const slow = passed.includes("--slow");
const suite = [
  ...(slow ? ["--testMatch", "**/*.slow-test.ts"] : []),
  ...(passed.includes("--outputFile") ? [] : ["--outputFile", slow ? ".test-results.slow.json" : ".test-results.json"]),
];
// two files at a time on two cores too, where jest itself takes one; the slow ones fill the machine with processes of their own
const workers =
  slow || passed.some((argument) => argument.startsWith("--maxWorkers"))
    ? []
    : ["--maxWorkers", String(Math.max(2, availableParallelism() - 1))];
const run = spawnSync(
  process.execPath,
  [
    "--experimental-vm-modules",
    "--disable-warning=ExperimentalWarning",
    jest,
    "--json",
    "--ci", // a missing snapshot is a failure; -u writes it
    ...suite,
    ...workers,
    ...passed.filter((argument) => argument !== "--slow"),
  ],
  // jest prints its report on stderr; the JSON on stdout repeats the file
  { stdio: ["ignore", "ignore", "inherit"] },
);
process.exit(run.status ?? 1);
