import { defineAction } from "@imagewright/action-contract";

export const reboot = defineAction({
  name: "Reboot",
  summary: "Restarts the machine and goes on with the next step.",
  platforms: ["linux"],
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
  // the run, which has to come back after it, restarts the machine; the wait is part of that, so no timeout of the step cuts it short
  run: async ({ delaySeconds }) => ({ status: "reboot", resume: "next-step", delaySeconds: delaySeconds ?? 0 }),
});
