// `npm test`: sets everything up, checks the code and runs all tests. The last line sums up the tests of all packages.
import { existsSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { testOnNewestNode } from "../newest-node/run.mjs";
import { fetchNodeForWindows } from "./node-for-windows.mjs";
import { attempt, buildPackages, installPackages, installSystemPackages, root, say } from "./steps.mjs";

// programs that tests use; a test is skipped with a note if its program is missing
const SYSTEM_PACKAGES = [
  { command: "buildah", package: "buildah" },
  { command: "mmdebstrap", package: "mmdebstrap" },
  { command: "podman", package: "podman" },
  { command: "runc", package: "runc" },
  { command: "busybox", package: "busybox-static" },
  { command: "script", package: "bsdutils" },
  { command: "openssl", package: "openssl" },
  { command: "strace", package: "strace" },
  { command: "faketime", package: "faketime" },
  { command: "zsh", package: "zsh" },
  { command: "fish", package: "fish" },
];

// more programs for the slow tests
const SLOW_PACKAGES = [
  { command: "/usr/bin/aws", package: "awscli" },
  { command: "systemd-nspawn", package: "systemd-container" },
  { command: "dnf", package: "dnf" },
  { command: "zypper", package: "zypper" },
  { command: "rpmbuild", package: "rpm" },
  { command: "createrepo_c", package: "createrepo-c" },
  { command: "wine", package: "wine" },
  { command: "wixl", package: "wixl" },
  { command: "aws", package: "awscli" },
  { command: "x86_64-w64-mingw32-gcc", package: "gcc-mingw-w64-x86-64-win32" },
];

const slow = process.argv.includes("--slow");
const all = process.argv.includes("--all");
installPackages();
installSystemPackages([...SYSTEM_PACKAGES, ...(slow || all ? SLOW_PACKAGES : [])]);
if (slow || all) fetchNodeForWindows();
buildPackages();

const sums = { passed: 0, failed: 0, skipped: 0 };
if (!slow) {
  // a file that has not changed is not checked again; a fresh clone, such as CI's, has nothing cached
  check("prettier", ["--check", "--cache", "--log-level=warn", "."]);
  check("eslint", ["--cache", "--cache-strategy=content", "--cache-location=node_modules/.cache/eslint/", "."]);
}
if (!slow) runSuite("the tests", "test", ".test-results.json");
if (slow || all) runSuite("the slow tests", "test:slow", ".test-results.slow.json");
if (slow || all) addNewestNode();
if (slow || all) soak();
if (sums.skipped > 0) say("what was skipped says in its name what it needs");
process.stdout.write(`${sums.passed} passed, ${sums.failed} failed${sums.skipped > 0 ? `, ${sums.skipped} skipped` : ""}\n`);
process.exitCode = sums.failed === 0 && sums.passed > 0 ? 0 : 1;

/** Runs a check of the code; whatever it finds counts as one failure. */
function check(command, parameters) {
  say(`checking the code with ${command}`);
  if (attempt(command, parameters) === 0) return;
  say(`${command} found problems; they count as one failure`);
  sums.failed += 1;
}

/** Runs the tests of packages without native parts again, on the newest Node, and adds their results to the sums. */
function addNewestNode() {
  say("running the tests of the packages without native parts on the newest Node");
  const { passed, failed, skipped } = testOnNewestNode();
  Object.assign(sums, { passed: sums.passed + passed, failed: sums.failed + failed, skipped: sums.skipped + skipped });
}

/** Makes the seeded share of the proofs that count; all of them together are one test. */
function soak() {
  say("making a share of the proofs of pnpm soak");
  sums[attempt("node", ["tooling/soak/run.mjs", "--share"]) === 0 ? "passed" : "failed"] += 1;
}

/** Runs one suite of every package and adds its results to the sums. */
function runSuite(what, task, resultFile) {
  for (const folder of packageFolders()) rmSync(join(folder, resultFile), { force: true });
  say(`running ${what}`);
  // one package after the other: the tests start processes that need the machine's cores
  const status = attempt("turbo", ["run", task, "--continue", "--concurrency=1", "--output-logs=full", "--ui=stream", "--log-prefix=none"]);
  const failedBefore = sums.failed;
  for (const folder of packageFolders()) addResults(join(folder, resultFile));
  if (status === 0 || sums.failed > failedBefore) return;
  say(`a package could not run ${what}; that counts as one failure`);
  sums.failed += 1;
}

function addResults(file) {
  if (!existsSync(file)) return;
  const results = JSON.parse(readFileSync(file, "utf8"));
  sums.passed += results.numPassedTests;
  // a suite that cannot even be loaded has no tests, but it has failed
  sums.failed += results.numFailedTests + results.numRuntimeErrorTestSuites;
  sums.skipped += results.numPendingTests + results.numTodoTests;
}

function packageFolders() {
  return ["packages", "apps", "tooling"].flatMap((group) => readdirSync(join(root, group)).map((name) => join(root, group, name)));
}
