import config from "@imagewright/tsup-config";

export default {
  ...config,
  // the test of killed processes starts the program
  entry: { index: "src/index.ts", "testing/kill-program": "src/testing/kill-program.ts" },
  splitting: false,
};
