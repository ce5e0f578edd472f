export { runAction, type ActionRun } from "./action-run.js";
export { withTemporaryFolder } from "./temporary-folder.js";
export { readTree, treeDifference, type Tree } from "./tree.js";
