import shared from "@imagewright/tsup-config";

export default {
  ...shared,
  entry: {
    index: "src/index.ts",
    testing: "src/test-databases/index.ts",
    "testing-keeper": "src/test-databases/keeper.ts",
    // what the tests start as child processes
    "testing/holder-program": "src/testing/holder-program.ts",
    "testing/test-database-program": "src/testing/test-database-program.ts",
  },
  splitting: false,
};
