import { defineContract } from "@imagewright/action-contract";

export const rebootOnWindows = defineContract({
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
});
