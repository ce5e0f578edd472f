import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

/** The runtime asks Windows for random numbers by a call of a library that Wine 8 lacks; this library has to be beside the executable. */
export const RANDOM_LIBRARY = {
  name: "bcryptprimitives.dll",
  options: ["-shared", "-ladvapi32"],
  source: `#include <windows.h>
#include <ntsecapi.h>
__declspec(dllexport) BOOL WINAPI ProcessPrng(PBYTE data, SIZE_T length) { return RtlGenRandom(data, (ULONG)length); }
`,
};

/** Packs a program in TypeScript into an executable for Windows with the runtime that ib-agent.exe has. */
export function packForWindows(program: string, executable: string): void {
  const parameters = ["build", "--compile", "--target=bun-windows-x64", program, `--outfile=${executable}`];
  const { status, stderr } = spawnSync(findRuntime(), parameters, { cwd: dirname(program), encoding: "utf8" });
  if (status !== 0) throw new Error(stderr);
}

/** The runtime of this machine, which packs for others: the one that the agent is packed with. */
function findRuntime(): string {
  const agent = join(workspaceRoot(import.meta.dirname), "apps", "agent", "package.json");
  const architecture = process.arch === "arm64" ? "aarch64" : process.arch;
  return createRequire(agent).resolve(`@oven/bun-${process.platform}-${architecture}/bin/bun`);
}

function workspaceRoot(folder: string): string {
  return existsSync(join(folder, "pnpm-workspace.yaml")) ? folder : workspaceRoot(dirname(folder));
}
