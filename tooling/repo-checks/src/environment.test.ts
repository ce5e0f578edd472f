import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { ROOT, workspacePackages } from "./workspace.js";

/** The libraries' files that look at the environment of the process, each with its reason. */
const EXCEPTIONS: Readonly<Record<string, string>> = {
  "packages/aws/src/clients/version-warning.ts": "sets a variable of the SDK, which reads it nowhere else",
  "packages/build-hosts/src/processes/tool-environment.ts": "container engines find their own configuration through the environment",
  "packages/embedded-database/src/postgres/account.ts": "for `useradd`",
  "packages/embedded-database/src/postgres/programs.ts": "takes the PATH, for the programs of Postgres",
  "packages/embedded-database/src/postgres/running-server.ts": "for `ps`, where there is no /proc",
  "packages/embedded-database/src/postgres/runtime-copy.ts": "for `sync`",
  "packages/node-host/src/accounts.ts": "for the system's programs that look up accounts",
  "packages/node-host/src/inherited-environment.ts": "the one place where a library takes all of it, for programs that it starts",
  "packages/node-host/src/process-table.ts": "for `ps`, where there is no /proc",
  "packages/node-host/src/start-time-with-ps.ts": "for `ps`, where there is no /proc",
  "packages/node-host/src/windows/console-code-page.ts": "where Windows has reg.exe",
  "packages/node-host/src/windows/taskkill.ts": "where Windows is, which has the program in its own folder",
};

test("no library reads the environment of the process: settings come from the programs, which resolve them in one place", () => {
  const readers = workspacePackages()
    .filter(({ folder }) => folder.startsWith("packages"))
    .flatMap(({ sources }) => sources.filter((source) => !/\.(slow-)?test\.ts$|\/(testing|contract|test-support)\//.test(source)))
    .filter((source) =>
      /process\.env\b|\binheritedEnvironment\(|\{[^}]*\benv\b[^}]*\} = process\b/.test(readFileSync(join(ROOT, source), "utf8")),
    );
  expect(readers).toEqual(Object.keys(EXCEPTIONS));
});
