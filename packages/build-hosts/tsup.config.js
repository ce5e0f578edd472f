import shared from "@imagewright/tsup-config";

export default {
  ...shared,
  entry: {
    ...{ index: "src/index.ts", contract: "src/contract/index.ts", soak: "src/soak.ts" },
    // for tests of others and for proofs, which have no jest
    ...{ "small-image": "src/contract/small-image.ts", "output-inside": "src/contract/output-inside.ts" },
  },
};
