// `npm test`: sets everything up, checks the code and runs all tests. The last line sums up the tests of all packages.
import { existsSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { testOnNewestNode } from "../newest-node/run.mjs";
import { fetchNodeForWindows } from "./node-for-windows.mjs";
import { attempt, attemptTogether, buildPackages, installPackages, installSystemPackages, root, say } from "./steps.mjs";

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

// one package after the other: the tests start processes that need the machine's cores
const ONE_AT_A_TIME = ["--concurrency=1"];

// packages whose slow tests use all cores by themselves, or container engines, package managers or Wine of the whole machine
const FILL_THE_MACHINE = [
  "action-modules-linux",
  "action-modules-windows",
  "agent",
  "api-acceptance",
  "build-hosts",
  "ib",
  "repo-checks",
  "step-actions",
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
  await check([
    ["prettier", "--check", "--cache", "--log-level=warn", "."],
    ["eslint", "--cache", "--cache-strategy=content", "--cache-location=node_modules/.cache/eslint/", "."],
  ]);
  runSuite("the tests", "test", ".test-results.json", [ONE_AT_A_TIME]);
}
if (slow || all) {
  runSuite("the slow tests", "test:slow", ".test-results.slow.json", [
    [...ONE_AT_A_TIME, ...FILL_THE_MACHINE.map((name) => `--filter=@imagewright/${name}`)],
    ["--concurrency=2", ...FILL_THE_MACHINE.map((name) => `--filter=!@imagewright/${name}`)],
  ]);
}
if (slow || all) addNewestNode();
if (slow || all) soak();
if (sums.skipped > 0) say("what was skipped says in its name what it needs");
process.stdout.write(`${sums.passed} passed, ${sums.failed} failed${sums.skipped > 0 ? `, ${sums.skipped} skipped` : ""}\n`);
process.exitCode = sums.failed === 0 && sums.passed > 0 ? 0 : 1;

/** Runs the checks of the code side by side; whatever one finds counts as one failure. */
async function check(commands) {
  const names = commands.map(([name]) => name);
  say(`checking the code with ${names.join(" and ")}`);
  for (const [index, status] of (await attemptTogether(commands)).entries()) {
    if (status === 0) continue;
    say(`${names[index]} found problems; they count as one failure`);
    sums.failed += 1;
  }
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

/** Runs one suite of every package, in parts with turbo's options for each, and adds its results to the sums. */
function runSuite(what, task, resultFile, parts) {
  for (const folder of packageFolders()) rmSync(join(folder, resultFile), { force: true });
  say(`running ${what}`);
  const statuses = parts.map((options) =>
    attempt("turbo", ["run", task, "--continue", "--output-logs=full", "--ui=stream", "--log-prefix=none", ...options]),
  );
  const failedBefore = sums.failed;
  for (const folder of packageFolders()) addResults(join(folder, resultFile));
  if (statuses.every((status) => status === 0) || sums.failed > failedBefore) return;
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
