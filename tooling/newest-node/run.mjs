// `pnpm newest-node [package ...]`: runs the tests of the packages without native parts on the newest Node that npm has, as CI does.
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { installNewestNode } from "./install.mjs";

const root = join(import.meta.dirname, "..", "..");
const JEST = join(root, "tooling", "jest-preset", "bin", "imagewright-jest.js");

// these drive container engines, or start a database
const WITH_NATIVE_PARTS = ["build-hosts", "control-plane", "durability", "embedded-database", "image-build"];

/** Runs the tests and returns their sums. A package whose tests cannot run counts as one failure. */
export function testOnNewestNode(names = portablePackages()) {
  const { executable, version } = installNewestNode(join(root, "node_modules", ".cache", "newest-node"));
  process.stderr.write(`Node ${version}\n`);
  const folder = mkdtempSync(join(tmpdir(), "imagewright-newest-node-"));
  const sums = { passed: 0, failed: 0, skipped: 0 };
  try {
    for (const name of names) {
      const file = join(folder, `${name}.json`);
      const { status } = spawnSync(executable, [JEST, "--outputFile", file], { cwd: join(root, "packages", name), stdio: "inherit" });
      const { passed, failed, skipped } = resultsOf(file, status);
      process.stderr.write(`${name}: ${passed} passed, ${failed} failed\n`);
      Object.assign(sums, { passed: sums.passed + passed, failed: sums.failed + failed, skipped: sums.skipped + skipped });
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return sums;
}

function portablePackages() {
  return readdirSync(join(root, "packages")).filter(
    (name) => !WITH_NATIVE_PARTS.includes(name) && existsSync(join(root, "packages", name, "package.json")),
  );
}

function resultsOf(file, status) {
  if (!existsSync(file)) return { passed: 0, failed: 1, skipped: 0 };
  const results = JSON.parse(readFileSync(file, "utf8"));
  const failed = results.numFailedTests + results.numRuntimeErrorTestSuites;
  return {
    passed: results.numPassedTests,
    failed: failed === 0 && status !== 0 ? 1 : failed,
    skipped: results.numPendingTests + results.numTodoTests,
  };
}

if (process.argv[1] === import.meta.filename) {
  const names = process.argv.slice(2);
  const unknown = names.find((name) => !portablePackages().includes(name));
  if (unknown !== undefined) {
    process.stderr.write(`no package "${unknown}" without native parts; there are ${portablePackages().join(", ")}\n`);
    process.exit(2);
  }
  const { passed, failed, skipped } = testOnNewestNode(names.length > 0 ? names : undefined);
  process.stdout.write(`${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ""}\n`);
  process.exitCode = failed === 0 && passed > 0 ? 0 : 1;
}
