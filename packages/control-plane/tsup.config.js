import shared from "@imagewright/tsup-config";

export default {
  ...shared,
  entry: {
    index: "src/index.ts",
    // what a test starts as a process
    "testing/deliver-program": "src/testing/deliver-program.ts",
  },
  splitting: false,
  loader: { ".sql": "text" },
};
