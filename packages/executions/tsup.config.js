import shared from "@imagewright/tsup-config";

export default {
  ...shared,
  // what tests and the soak start as child processes
  entry: { index: "src/index.ts", "testing/server-program": "src/testing/server-program.ts" },
  splitting: false,
};
