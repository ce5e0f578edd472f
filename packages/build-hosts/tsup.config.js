import shared from "@imagewright/tsup-config";

export default {
  ...shared,
  entry: { index: "src/index.ts", contract: "src/contract/index.ts", "small-image": "src/contract/small-image.ts", soak: "src/soak.ts" },
};
