// `pnpm newest-node [package ...]`: runs the tests of the packages without native parts on the newest Node that npm has, as CI does.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { timeIsUp } from "../setup/end.mjs";
import { addFailure, addResults, noResults, readResults, sumLine } from "../setup/test-results.mjs";
import { installNewestNode } from "./install.mjs";

const root = join(import.meta.dirname, "..", "..");
const JEST = join(root, "tooling", "jest-preset", "bin", "imagewright-jest.js");

// these drive container engines, or start a database
const WITH_NATIVE_PARTS = ["build-hosts", "control-plane", "durability", "embedded-database", "image-build"];

/**
 * Runs the tests, of one package after the other, and returns their sums. A package whose tests cannot run counts as one failure; one that
 * would begin when the time is up, as one skipped test.
 */
export async function testOnNewestNode(names = portablePackages()) {
  const { executable, version } = installNewestNode(join(root, "node_modules", ".cache", "newest-node"));
  process.stderr.write(`Node ${version}\n`);
  const folder = mkdtempSync(join(tmpdir(), "imagewright-newest-node-"));
  const sums = noResults();
  try {
    for (const name of names) {
      if (timeIsUp()) {
        process.stderr.write(`${name}: skipped, since the time is up\n`);
        sums.skipped += 1;
        continue;
      }
      const file = join(folder, `${name}.json`);
      const tests = spawn(executable, [JEST, "--outputFile", file], { cwd: join(root, "packages", name), stdio: "inherit" });
      const [status] = await once(tests, "close");
      const results = resultsOf(name, file, status);
      process.stderr.write(`${name}: ${results.passed} passed, ${results.failed} failed\n`);
      addResults(sums, results);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return sums;
}

/** The packages without native parts. */
export function portablePackages() {
  return readdirSync(join(root, "packages")).filter(
    (name) => !WITH_NATIVE_PARTS.includes(name) && existsSync(join(root, "packages", name, "package.json")),
  );
}

function resultsOf(name, file, status) {
  const results = readResults(file, root) ?? noResults();
  results.failures = results.failures.map((failure) => `on the newest Node: ${failure}`);
  if (status !== 0 && results.failed === 0) addFailure(results, `the tests of ${name} could not run on the newest Node`);
  return results;
}

if (process.argv[1] === import.meta.filename) {
  const names = process.argv.slice(2);
  const unknown = names.find((name) => !portablePackages().includes(name));
  if (unknown !== undefined) {
    process.stderr.write(`no package "${unknown}" without native parts; there are ${portablePackages().join(", ")}\n`);
    process.exit(2);
  }
  const sums = await testOnNewestNode(names.length > 0 ? names : undefined);
  for (const failure of sums.failures) process.stderr.write(`failed: ${failure}\n`);
  process.stdout.write(sumLine(sums));
  process.exitCode = sums.failed === 0 && sums.passed > 0 ? 0 : 1;
}
