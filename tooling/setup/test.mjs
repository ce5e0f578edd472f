// `npm test`: sets everything up, checks the code and passes all tests. The last line sums up the tests of all packages.
import { existsSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { attempt, buildPackages, installPackages, installSystemPackages, root, say } from "./steps.mjs";

// what the tests use for real; a test says so and is skipped where its program is missing
const SYSTEM_PACKAGES = [
  { command: "buildah", package: "buildah" },
  { command: "mmdebstrap", package: "mmdebstrap" },
  { command: "podman", package: "podman" },
  { command: "runc", package: "runc" },
  { command: "busybox", package: "busybox-static" },
  { command: "script", package: "bsdutils" },
];

const slow = process.argv.includes("--slow");
installPackages();
installSystemPackages(SYSTEM_PACKAGES);
buildPackages();

const resultFile = slow ? ".test-results.slow.json" : ".test-results.json";
for (const folder of packageFolders()) rmSync(join(folder, resultFile), { force: true });
const lint = slow ? 0 : attempt("eslint", ["."]);
say(slow ? "running the slow tests" : "running the tests");
// one package after the other: the machine's two cores are for the processes that the tests start
const tests = attempt("turbo", ["run", slow ? "test:slow" : "test", "--continue", "--concurrency=1", "--output-logs=full", "--ui=stream", "--log-prefix=none"]);

const sums = { passed: 0, failed: lint === 0 ? 0 : 1, skipped: 0 };
for (const folder of packageFolders()) {
  const file = join(folder, resultFile);
  if (!existsSync(file)) continue;
  const results = JSON.parse(readFileSync(file, "utf8"));
  sums.passed += results.numPassedTests;
  // a suite that cannot even be loaded has no tests, but it has failed
  sums.failed += results.numFailedTests + results.numRuntimeErrorTestSuites;
  sums.skipped += results.numPendingTests + results.numTodoTests;
}
if (lint !== 0) say("eslint found problems; they count as one failure");
if (tests !== 0 && sums.failed === 0) {
  say("a package could not run its tests; that counts as one failure");
  sums.failed = 1;
}
process.stdout.write(`${sums.passed} passed, ${sums.failed} failed${sums.skipped > 0 ? `, ${sums.skipped} skipped` : ""}\n`);
process.exitCode = sums.failed === 0 && sums.passed > 0 ? 0 : 1;

function packageFolders() {
  return ["packages", "apps", "tooling"].flatMap((group) => readdirSync(join(root, group)).map((name) => join(root, group, name)));
}
