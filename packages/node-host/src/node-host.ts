import * as files from "node:fs/promises";
import type { HostPorts, Platform } from "@imagewright/action-contract";
import { accounts } from "./accounts.js";
import { clock } from "./clock.js";
import { IS_WINDOWS } from "./is-windows.js";
import { processes } from "./processes.js";
import { windowsAccounts } from "./windows/accounts.js";

/** The machine that this process runs on. Throws on an operating system that component documents do not support. */
export function createNodeHost(): HostPorts {
  return { platform: platformOf(process.platform), files, processes, accounts: IS_WINDOWS ? windowsAccounts : accounts, clock };
}

function platformOf(system: NodeJS.Platform): Platform {
  if (system === "linux" || system === "darwin") return system;
  if (system === "win32") return "windows";
  throw new Error(`component documents do not run on ${system}`);
}
