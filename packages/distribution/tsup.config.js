import shared from "@imagewright/tsup-config";

export default {
  ...shared,
  entry: {
    index: "src/index.ts",
    // what proofs start as child processes, and with what
    "testing/distribute-program": "src/testing/distribute-program.ts",
    "testing/killed-distributions": "src/testing/killed-distributions.ts",
  },
};
