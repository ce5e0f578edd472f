import { addressOf, ffi, openLibrary } from "./bun-libraries.js";

/** What Windows does with the processes of a job. */
export const LIMITS = {
  none: 0,
  /** They end when the last handle of the job is closed, as when the process that has it ends, in whatever way. */
  killOnClose: 0x2000,
  /** A process that asks for it may start another one outside the job; without this, such a start fails. */
  breakawayOnRequest: 0x800,
  /** What a process starts is outside the job, unless another job inside this one holds it. */
  breakaway: 0x1000,
  /** No window waits for an answer when a process fails. */
  endOnFailure: 0x400,
} as const;

const EXTENDED_LIMITS = 9;
const ACCOUNTING = 1;
const LIMITS_LENGTH = 144;
const ACCOUNTING_LENGTH = 48;
const RUNNING_OFFSET = 40;

const kernel =
  ffi &&
  openLibrary("kernel32.dll", {
    CreateJobObjectW: { args: ["ptr", "ptr"], returns: "i64" },
    SetInformationJobObject: { args: ["i64", "u32", "ptr", "u32"], returns: "i32" },
    QueryInformationJobObject: { args: ["i64", "u32", "ptr", "u32", "ptr"], returns: "i32" },
    AssignProcessToJobObject: { args: ["i64", "i64"], returns: "i32" },
    TerminateJobObject: { args: ["i64", "u32"], returns: "i32" },
    IsProcessInJob: { args: ["i64", "i64", "ptr"], returns: "i32" },
    OpenProcess: { args: ["u32", "i32", "u32"], returns: "i64" },
    CloseHandle: { args: ["i64"], returns: "i32" },
  });

/** The calls of Windows for jobs, each with its results as values; undefined where they cannot be made. */
export const jobCalls = kernel && {
  /** Zero if there is none. */
  create: (): bigint => kernel.CreateJobObjectW(null, null),
  limit: (job: bigint, limits: number): boolean => {
    const information = Buffer.alloc(LIMITS_LENGTH);
    information.writeUInt32LE(limits, 16);
    return kernel.SetInformationJobObject(job, EXTENDED_LIMITS, addressOf(information), information.length) !== 0;
  },
  /** How many of its processes run. */
  running: (job: bigint): number => {
    const information = Buffer.alloc(ACCOUNTING_LENGTH);
    kernel.QueryInformationJobObject(job, ACCOUNTING, addressOf(information), information.length, null);
    return information.readUInt32LE(RUNNING_OFFSET);
  },
  assign: (job: bigint, process: bigint): boolean => kernel.AssignProcessToJobObject(job, process) !== 0,
  terminate: (job: bigint, code: number): boolean => kernel.TerminateJobObject(job, code) !== 0,
  /** Whether a handle is that of a job with this process. Any number may be given for the handle. */
  has: (handle: bigint, process: bigint): boolean => {
    const answer = new Int32Array(1);
    return kernel.IsProcessInJob(process, handle, addressOf(answer)) !== 0 && answer[0] !== 0;
  },
  /** Opens a process to put it into a job and to ask about it. Zero if that is not possible. */
  open: (pid: number): bigint => kernel.OpenProcess(0x0501, 0, pid), // set quota, terminate, query
  close: (handle: bigint): boolean => kernel.CloseHandle(handle) !== 0,
};
