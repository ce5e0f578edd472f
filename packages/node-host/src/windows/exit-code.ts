import { addressOf, ffi, openLibrary } from "./bun-libraries.js";

const MAY_ASK = 0x1000; // PROCESS_QUERY_LIMITED_INFORMATION
const kernel =
  ffi &&
  openLibrary("kernel32.dll", {
    OpenProcess: { args: ["u32", "i32", "u32"], returns: "i64" },
    GetExitCodeProcess: { args: ["i64", "ptr"], returns: "i32" },
    CloseHandle: { args: ["i64"], returns: "i32" },
    ExitProcess: { args: ["u32"], returns: "void" },
  });

/**
 * Begins to watch a child that has just been started, and returns how to read the whole exit code once it has ended, which may be called
 * once. Bun itself keeps eight bits of an exit code: 3010 would be 194, and 256 a success. Undefined if that cannot be asked here.
 */
export function watchExitCode(pid: number): (() => number | undefined) | undefined {
  if (kernel === undefined) return undefined;
  // the id cannot be another process's: Bun holds the child until it has reported its end
  const handle = kernel.OpenProcess(MAY_ASK, 0, pid);
  if (handle === 0n) return undefined;
  return () => {
    const code = new Uint32Array(1);
    const isKnown = kernel.GetExitCodeProcess(handle, addressOf(code)) !== 0;
    kernel.CloseHandle(handle);
    return isKnown ? code[0] : undefined;
  };
}

/** Ends this process at once with an exit code of 32 bits; does nothing where that cannot be done. */
export function exitWithWholeCode(code: number): void {
  kernel?.ExitProcess(code);
}
