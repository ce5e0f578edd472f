import shared from "@imagewright/tsup-config";

export default {
  ...shared,
  entry: {
    index: "src/index.ts",
    dockerfile: "src/recipe/dockerfile/index.ts",
    "default-workflows": "src/default-workflows/default-workflows.ts",
    soak: "src/soak.ts",
  },
  loader: { ".yaml": "text" },
};
