// The results of jest's runs, added up, with the failed tests by name: a log that is cut still ends with what failed.
import { existsSync, readFileSync } from "node:fs";
import { relative } from "node:path";

const LINES_OF_A_FAILURE = 30;
// what they may take together on an idle machine; a busy one fails no test, so this is a line that is read
const MOST_WINDOWS_SECONDS = 360;

/** No results yet: counts, and a text for each failure. */
export function noResults() {
  return { passed: 0, failed: 0, skipped: 0, failures: [], windowsSeconds: 0 };
}

/** Adds one failure that is no test's. */
export function addFailure(sums, what) {
  sums.failed += 1;
  sums.failures.push(what);
}

/** Adds results to others. */
export function addResults(sums, { passed, failed, skipped, failures, windowsSeconds = 0 }) {
  sums.passed += passed;
  sums.failed += failed;
  sums.skipped += skipped;
  sums.failures.push(...failures);
  sums.windowsSeconds += windowsSeconds;
}

/** The results in a file that jest's `--outputFile` wrote; `undefined` without the file. Paths are told from `root`. */
export function readResults(file, root) {
  if (!existsSync(file)) return undefined;
  const results = JSON.parse(readFileSync(file, "utf8"));
  return {
    passed: results.numPassedTests,
    // a suite that cannot even be loaded has no tests, but it has failed
    failed: results.numFailedTests + results.numRuntimeErrorTestSuites,
    skipped: results.numPendingTests + results.numTodoTests,
    failures: results.testResults.flatMap((suite) => failuresOf(suite, relative(root, suite.name))),
    windowsSeconds: results.testResults.filter(isOnWindows).reduce((sum, { startTime, endTime }) => sum + (endTime - startTime) / 1000, 0),
  };
}

/** What the tests under Wine have taken, as a line; undefined if none ran. */
export function windowsLine({ windowsSeconds }) {
  if (windowsSeconds === 0) return undefined;
  const seconds = Math.round(windowsSeconds);
  const remark = seconds > MOST_WINDOWS_SECONDS ? ": too long, unless the machine was busy" : "";
  return `the tests on the Windows of Wine took ${seconds} s of at most ${MOST_WINDOWS_SECONDS}${remark}`;
}

/** The line of the sums, which ends every run. */
export function sumLine({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ""}\n`;
}

function isOnWindows({ name, assertionResults }) {
  return /\/windows[\w-]*\.slow-test\.ts$/.test(name) && assertionResults.some(({ status }) => status === "passed");
}

function failuresOf(suite, path) {
  const failed = suite.assertionResults.filter(({ status }) => status === "failed");
  if (failed.length === 0 && suite.status === "failed") return [`${path}\n${start(suite.message)}`];
  return failed.map(({ fullName, failureMessages }) => `${path}: ${fullName}\n${start(failureMessages.join("\n"))}`);
}

function start(text) {
  const lines = text.split("\n");
  return lines.slice(0, LINES_OF_A_FAILURE).join("\n") + (lines.length > LINES_OF_A_FAILURE ? "\n…" : "");
}
