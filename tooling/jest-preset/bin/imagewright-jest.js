#!/usr/bin/env node
// Runs jest for ES modules and writes the counts to .test-results.json, for the root's test command.
// `--slow` runs *.slow-test.ts instead of *.test.ts, and with IMAGEWRIGHT_END, in seconds since 1970, only what begins before it.
// IMAGEWRIGHT_TEST_RUN is a folder for what the files of one run share.
import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const jest = createRequire(import.meta.url).resolve("jest/bin/jest");
const passed = process.argv.slice(2);
const slow = passed.includes("--slow");
const given = passed.indexOf("--outputFile");
const results = given >= 0 ? passed[given + 1] : slow ? ".test-results.slow.json" : ".test-results.json";
const suite = [...(slow ? ["--testMatch", "**/*.slow-test.ts"] : []), ...(given >= 0 ? [] : ["--outputFile", results])];
// two files at a time on two cores too, where jest itself takes one; the slow ones fill the machine with processes of their own
const workers =
  slow || passed.some((argument) => argument.startsWith("--maxWorkers"))
    ? []
    : ["--maxWorkers", String(Math.max(2, availableParallelism() - 1))];
const ending =
  slow && process.env.IMAGEWRIGHT_END ? ["--testEnvironment", fileURLToPath(new URL("../ending-environment.js", import.meta.url))] : [];
rmSync(results, { force: true });
const shared = mkdtempSync(join(tmpdir(), "imagewright-test-run-"));
const run = spawn(
  process.execPath,
  [
    "--experimental-vm-modules",
    "--disable-warning=ExperimentalWarning",
    jest,
    "--json",
    "--ci", // a missing snapshot is a failure; -u writes it
    ...suite,
    ...workers,
    ...ending,
    ...passed.filter((argument) => argument !== "--slow"),
  ],
  // jest prints its report on stderr; the JSON on stdout repeats the file
  { stdio: ["ignore", "ignore", "inherit"], env: { ...process.env, IMAGEWRIGHT_TEST_RUN: shared } },
);
run.on("error", () => process.exit(1));
run.on("close", (status) => process.exit(status ?? 1));
process.on("exit", () => rmSync(shared, { recursive: true, force: true }));

// jest does not end while a process or a server that a test has left behind holds it, and the next package's tests would never run
const ENOUGH_TO_END = 60_000;
const watch = setInterval(() => {
  if (!existsSync(results)) return;
  clearInterval(watch);
  setTimeout(() => {
    process.stderr.write("the tests have ended, and something that they started still runs: jest is ended, which counts as a failure\n");
    run.kill("SIGKILL");
  }, ENOUGH_TO_END).unref();
}, 1000);
watch.unref();
