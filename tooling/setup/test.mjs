// `npm test`: sets everything up, checks the code and runs all tests. The last line sums up the tests of all packages.
import { readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { portablePackages, testOnNewestNode } from "../newest-node/run.mjs";
import { timeIsUp } from "./end.mjs";
import { attempt, attemptBeside, buildPackages, installPackages, installSystemPackages, root, say } from "./steps.mjs";
import { addFailure, addResults, noResults, readResults, sumLine, windowsLine } from "./test-results.mjs";

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
  { command: "skopeo", package: "skopeo" },
  { command: "docker-registry", package: "docker-registry" },
  { command: "wine", package: "wine" },
  { command: "wixl", package: "wixl" },
  { command: "aws", package: "awscli" },
  { command: "x86_64-w64-mingw32-gcc", package: "gcc-mingw-w64-x86-64-win32" },
];

// packages whose tests drive the container engines of the whole machine, which is why they run one after the other; beside them all others
const USE_ENGINES = ["build-hosts", "ib", "image-build", "repo-checks", "step-actions"];
// these use a database, and make both rows as long as each other
const BEHIND_THEM = ["api-acceptance", "control-plane"];
const FIRST_ROW = [...USE_ENGINES, ...BEHIND_THEM];
const SIDE_BY_SIDE = [FIRST_ROW.map((name) => `--filter=@imagewright/${name}`), FIRST_ROW.map((name) => `--filter=!@imagewright/${name}`)];

const slow = process.argv.includes("--slow");
const all = process.argv.includes("--all");
installPackages();
installSystemPackages([...SYSTEM_PACKAGES, ...(slow || all ? SLOW_PACKAGES : [])]);
buildPackages();

const sums = noResults();
// the packed packages of the slow tests have them too
const TYPES = ["tsc", "-b", "tsconfig.packages.json"];
if (slow) await check([TYPES]);
else {
  // a file that has not changed is not checked again; a fresh clone, such as CI's, has nothing cached
  await check([
    ["prettier", "--check", "--cache", "--log-level=warn", "."],
    ["eslint", "--cache", "--cache-strategy=content", "--cache-location=node_modules/.cache/eslint/", "."],
    TYPES,
  ]);
  await runSuite("the tests", "test", ".test-results.json");
}
if (slow || all) {
  const drivesEngines = (name) => USE_ENGINES.includes(name);
  // the engines need longer than all other packages
  await runSuite("the slow tests", "test:slow", ".test-results.slow.json", () =>
    addNewestNode(portablePackages().filter((name) => !drivesEngines(name))),
  );
  await addNewestNode(portablePackages().filter(drivesEngines));
  soak();
}
const windows = windowsLine(sums);
if (windows !== undefined) say(windows);
if (timeIsUp()) say("the time was up: what of the slow suite had not begun was skipped; without IMAGEWRIGHT_END all of it runs");
if (sums.skipped > 0) say("what was skipped says in its name what it needs");
for (const failure of sums.failures) say(`failed: ${failure}`);
process.stdout.write(sumLine(sums));
process.exitCode = sums.failed === 0 && sums.passed > 0 ? 0 : 1;

/** Runs the checks of the code side by side; whatever one finds counts as one failure. */
async function check(commands) {
  const names = commands.map(([name]) => name);
  say(`checking the code with ${names.join(" and ")}`);
  for (const [index, status] of (await Promise.all(commands.map(attemptBeside))).entries()) {
    if (status === 0) continue;
    addFailure(sums, `${names[index]} found problems; they count as one failure`);
  }
}

/** Runs the tests of packages again, on the newest Node, and adds their results to the sums. */
async function addNewestNode(names) {
  say(`running the tests of ${names.join(", ")} on the newest Node`);
  addResults(sums, await testOnNewestNode(names));
}

/** Makes the seeded share of the proofs that count; all of them together are one test. */
function soak() {
  if (timeIsUp()) {
    sums.skipped += 1;
    return;
  }
  say("making a share of the proofs of pnpm soak");
  if (attempt("node", ["tooling/soak/run.mjs", "--share"]) === 0) sums.passed += 1;
  else addFailure(sums, "the share of the proofs of pnpm soak, which says above what failed");
}

/** Runs one suite of every package, in two rows side by side, and adds its results to the sums. `behindOthers` follows the second row. */
async function runSuite(what, task, resultFile, behindOthers = async () => undefined) {
  for (const folder of packageFolders()) rmSync(join(folder, resultFile), { force: true });
  say(`running ${what}`);
  const options = ["--continue", "--concurrency=1", "--output-logs=full", "--ui=stream"];
  const [engines, others] = SIDE_BY_SIDE.map((packages) => ["turbo", "run", task, ...options, ...packages]);
  const second = async () => {
    const status = await attemptBeside(others);
    await behindOthers();
    return status;
  };
  const statuses = await Promise.all([attemptBeside(engines), second()]);
  const failedBefore = sums.failed;
  for (const folder of packageFolders()) addResults(sums, readResults(join(folder, resultFile), root) ?? noResults());
  if (statuses.every((status) => status === 0) || sums.failed > failedBefore) return;
  addFailure(sums, `a package could not run ${what}; that counts as one failure`);
}

function packageFolders() {
  return ["packages", "apps", "tooling"].flatMap((group) => readdirSync(join(root, group)).map((name) => join(root, group, name)));
}
