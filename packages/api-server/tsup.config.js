import shared from "@imagewright/tsup-config";

export default {
  ...shared,
  entry: {
    index: "src/index.ts",
    // what the bench measures
    "testing/verification": "src/testing/verification.ts",
  },
  splitting: false,
  external: [/^@smithy\//],
};
