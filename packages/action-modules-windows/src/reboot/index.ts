import { defineAction } from "@imagewright/action-contract";

export const rebootOnWindows = defineAction({
  name: "Reboot",
  summary: "Restarts the machine and continues with the next step.",
  platforms: ["windows"],
  input: {
    shape: "single",
    optional: true,
    schema: {
      type: "object",
      properties: {
        delaySeconds: { type: "integer", minimum: 0, default: 0, description: "How many seconds to wait before the restart begins." },
      },
      additionalProperties: false,
    },
  },
  effects: "opaque",
  outputs: {},
  // the run itself restarts the machine, since it has to continue afterwards
  run: async ({ delaySeconds }) => ({ status: "reboot", resume: "next-step", delaySeconds: delaySeconds ?? 0 }),
});
