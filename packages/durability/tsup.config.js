import shared from "@imagewright/tsup-config";

export default {
  ...shared,
  entry: {
    index: "src/index.ts",
    contract: "src/contract/index.ts",
    "contract-program": "src/contract/program.ts",
    // what the tests start as child processes
    "testing/journal-program": "src/testing/journal-program.ts",
    "testing/random-kills": "src/testing/random-kills.ts",
    "testing/dbos-program": "src/testing/dbos/program.ts",
  },
  splitting: false,
  external: [/^@dbos-inc\//, "@jest/globals"],
};
