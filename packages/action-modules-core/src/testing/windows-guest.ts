import type { ActionModule } from "@imagewright/action-contract";
import { serveActions } from "@imagewright/test-kit/windows-guest";
import { coreActions } from "../core-actions.js";

const ffi = process.getBuiltinModule("bun:ffi") as unknown as {
  dlopen(library: string, symbols: object): { readonly symbols: { CreateFileW(...values: readonly (number | null)[]): number } };
  ptr(bytes: Uint8Array): number;
};
const { CreateFileW } = ffi.dlopen("kernel32.dll", {
  CreateFileW: { args: ["ptr", "u32", "u32", "ptr", "u32", "u32", "ptr"], returns: "ptr" },
}).symbols;
const READ = 0x8000_0000;
const EXISTING = 3;

/** Keeps a file open for itself, as installers and virus scanners do. */
const holdFile: ActionModule<{ readonly path: string }> = {
  name: "HoldFile",
  summary: "Keeps a file open for itself until the guest ends.",
  platforms: ["windows"],
  input: { shape: "single", schema: { type: "object", properties: {}, additionalProperties: true } },
  effects: "opaque",
  outputs: {},
  run: async ({ path }) => {
    const name = Buffer.from(`${path}\0`, "utf16le");
    // shared with nobody
    if (CreateFileW(ffi.ptr(name), READ, 0, null, EXISTING, 0, null) < 0) throw new Error(`${path} cannot be held`);
    return { status: "succeeded" };
  },
};

serveActions([...coreActions, holdFile]);
