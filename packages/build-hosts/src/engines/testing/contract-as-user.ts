import { execFile } from "node:child_process";
import { createRequire } from "node:module";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { describe, expect, test } from "@jest/globals";
import type { EngineName } from "../../choose/engine-report.js";
import { inspectEngine } from "../../choose/inspect-engines.js";
import { testUserProblem, withTestUser, type TestUser } from "@imagewright/test-kit";

const PACKAGE = fileURLToPath(new URL("../../..", import.meta.url));
const MINUTES = 60_000;

interface Results {
  readonly numPassedTests: number;
  readonly testResults: readonly {
    readonly message: string;
    readonly assertionResults: readonly {
      readonly status: string;
      readonly fullName: string;
      readonly failureMessages: readonly string[];
    }[];
  }[];
}

interface AsUser {
  readonly engine: EngineName;
  /** The test file, below the package. */
  readonly file: string;
  /** The tests whose names match; all of them if it is not given. */
  readonly named?: RegExp;
  /** At least so many tests must pass: fewer means that some were skipped. */
  readonly leastPassed: number;
  readonly variables?: Readonly<Record<string, string>>;
}

/** A test file of an engine, run by an ordinary user, with these variables. */
export async function describeAsUser({ engine, file, named, leastPassed, variables = {} }: AsUser): Promise<void> {
  const report = await inspectEngine(engine);
  const problem = report.usable ? await testUserProblem(join(PACKAGE, "dist", "index.js")) : `${engine} ${report.finding}`;
  const added = Object.entries(variables).map(([name, value]) => `${name}=${value}`);
  describe([`${engine} as an ordinary user with sub-ids`, ...added].join(", "), () => {
    const run = problem === undefined ? test : test.skip;
    run(
      problem === undefined ? `${file} passes` : `skipped: ${problem}`,
      () =>
        withTestUser(async (user) => {
          const { numPassedTests, testResults } = await runJest(user, file, named, added);
          const wanted = named === undefined ? ["passed"] : ["passed", "pending"];
          const failed = testResults.flatMap(({ assertionResults }) => assertionResults).filter(({ status }) => !wanted.includes(status));
          expect(failed.map(({ fullName, failureMessages }) => [fullName, ...failureMessages])).toEqual([]);
          expect(testResults.map(({ message }) => message)).toEqual([""]);
          expect(numPassedTests).toBeGreaterThanOrEqual(leastPassed);
        }),
      20 * MINUTES,
    );
  });
}

async function runJest(
  { home, prefix }: TestUser,
  file: string,
  named: RegExp | undefined,
  variables: readonly string[],
): Promise<Results> {
  const preset = createRequire(import.meta.url).resolve("@imagewright/jest-preset");
  const jest = createRequire(preset).resolve("jest/bin/jest");
  const output = join(home, "results.json");
  const only = named === undefined ? [] : ["--testNamePattern", named.source];
  const flags = ["--ci", ...only, "--testMatch", "**/*test.ts", "--json", "--outputFile", output, "--cacheDirectory", join(home, "jest")];
  const [program, ...words] = ["setpriv", ...prefix, ...variables, process.execPath, "--experimental-vm-modules", jest, ...flags, file];
  // it ends with a failure if a test fails; the results say which
  await promisify(execFile)(program, words, { cwd: PACKAGE, maxBuffer: 1 << 26 }).catch(() => undefined);
  return JSON.parse(await readFile(output, "utf8")) as Results;
}
