import { ExecutionLease } from "@imagewright/durability";
import { isImagewrightError } from "@imagewright/diagnostics";
import { ibError } from "../errors.js";
import { findServer } from "./server-record.js";
import type { ServiceFiles } from "./service-files.js";

const NAME = "server";

/** Makes this process the only server of the data folder, until it releases the lease or ends. Errors: already-served. */
export async function claimFolder(files: ServiceFiles): Promise<ExecutionLease> {
  try {
    return await ExecutionLease.acquire(files.leases, NAME);
  } catch (thrown) {
    if (!isImagewrightError(thrown, "durability/lease-held")) throw thrown;
    const { pid } = thrown.data as { readonly pid: number | undefined };
    throw ibError("already-served", { pid, endpoint: (await findServer(files))?.endpoint });
  }
}
