import { join } from "node:path";
import { inheritedEnvironment, runProgram, type ProgramExit } from "@imagewright/node-host";
import type { DatabaseAccount } from "./account.js";

/** Runs the programs of Postgres from a runtime copy, under the account that it has to run as. */
export class PostgresPrograms {
  constructor(
    private readonly runtime: string,
    private readonly account: DatabaseAccount | undefined,
  ) {}

  run(name: "initdb" | "pg_ctl" | "postgres", parameters: readonly string[]): Promise<ProgramExit> {
    // a folder that every account can enter
    return this.runTool(join(this.runtime, "bin", name), parameters, "/");
  }

  /** Runs a program of the system under the same account. */
  runTool(file: string, parameters: readonly string[], workingDirectory: string): Promise<ProgramExit> {
    // messages in English, which are looked at
    const environment = { PATH: inheritedEnvironment()["PATH"] ?? "/usr/bin:/bin", LC_ALL: "C" };
    if (this.account === undefined) return runProgram({ file, arguments: parameters, environment, workingDirectory });
    const { uid, gid } = this.account;
    const become = [`--reuid=${uid}`, `--regid=${gid}`, "--clear-groups", "--", file];
    return runProgram({ file: "setpriv", arguments: [...become, ...parameters], environment, workingDirectory });
  }
}

/** What a program said when it failed; undefined if it did not. */
export function whyFailed(exit: ProgramExit): string | undefined {
  if (exit.kind === "exited") return exit.code === 0 ? undefined : exit.stderr + exit.stdout;
  if (exit.kind === "not-started") return exit.reason;
  return exit.kind === "killed" ? `it was killed by ${exit.signal}` : exit.kind;
}
