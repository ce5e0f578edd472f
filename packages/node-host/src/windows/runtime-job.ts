import { jobCalls, LIMITS } from "./job-calls.js";

// those of libuv, but for the end
const WITHOUT_END = LIMITS.breakawayOnRequest | LIMITS.breakaway | LIMITS.endOnFailure;
const STEP = 4n; // of the numbers that Windows gives to handles
const LARGEST_HANDLE = 0x10000n;

let isUnbound = false;

/**
 * Makes what a command has left running independent of the end of this process. The runtime has put the command into a job of its own that
 * ends with it; jobs inside, and all that is in them, would end too. It gives nobody that job, so it is found among the handles.
 */
export function unbindFromRuntime(process: bigint, ownJob: bigint): void {
  if (jobCalls === undefined || isUnbound) return;
  isUnbound = true;
  for (let handle = STEP; handle < LARGEST_HANDLE; handle += STEP) {
    if (handle === ownJob || !jobCalls.has(handle, process)) continue;
    jobCalls.limit(handle, WITHOUT_END);
    return;
  }
}
