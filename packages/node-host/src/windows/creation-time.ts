import { addressOf, ffi, openLibrary } from "./bun-libraries.js";

const MAY_ASK = 0x1000; // PROCESS_QUERY_LIMITED_INFORMATION
const kernel =
  ffi &&
  openLibrary("kernel32.dll", {
    OpenProcess: { args: ["u32", "i32", "u32"], returns: "i64" },
    GetProcessTimes: { args: ["i64", "ptr", "ptr", "ptr", "ptr"], returns: "i32" },
    CloseHandle: { args: ["i64"], returns: "i32" },
  });

/** When Windows made a process, in units of 100 ns since 1601; undefined if that cannot be asked here, or not about this process. */
export function creationTime(pid: number): bigint | undefined {
  if (kernel === undefined) return undefined;
  const handle = kernel.OpenProcess(MAY_ASK, 0, pid);
  if (handle === 0n) return undefined;
  const created = new BigUint64Array(1);
  const others = [new BigUint64Array(1), new BigUint64Array(1), new BigUint64Array(1)];
  const isKnown = kernel.GetProcessTimes(handle, addressOf(created), ...others.map(addressOf)) !== 0;
  kernel.CloseHandle(handle);
  return isKnown ? created[0] : undefined;
}
