import shared from "@imagewright/tsup-config";

export default {
  ...shared,
  // what tests and the soak start as child processes
  entry: {
    index: "src/index.ts",
    "testing/server-program": "src/testing/server-program.ts",
    "testing/execution-scene": "src/testing/execution-scene.ts",
  },
  splitting: false,
  external: [/^@imagewright\//, "pg"],
};
