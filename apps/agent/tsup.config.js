import shared from "@imagewright/tsup-config";

// the second one is for `pnpm soak`
export default { ...shared, entry: { index: "src/index.ts", "e2e/killed-writes": "src/e2e/killed-writes.ts" }, splitting: false };
