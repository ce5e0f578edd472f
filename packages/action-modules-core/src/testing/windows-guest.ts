import { constants } from "node:fs";
import { open } from "node:fs/promises";
import type { ActionModule } from "@imagewright/action-contract";
import { serveActions } from "@imagewright/test-kit/windows-guest";
import { coreActions } from "../core-actions.js";

// libuv's flag for a file that nobody else can open meanwhile; Node has no name for it
const EXCLUSIVE = 0x1000_0000;

/** Keeps a file open for itself, as installers and virus scanners do. */
const holdFile: ActionModule<{ readonly path: string }> = {
  name: "HoldFile",
  summary: "Keeps a file open for itself until the guest ends.",
  platforms: ["windows"],
  input: { shape: "single", schema: { type: "object", properties: {}, additionalProperties: true } },
  effects: "opaque",
  outputs: {},
  run: async ({ path }) => {
    held.push(await open(path, constants.O_RDONLY | EXCLUSIVE));
    return { status: "succeeded" };
  },
};

const held: unknown[] = [];

serveActions([...coreActions, holdFile]);
