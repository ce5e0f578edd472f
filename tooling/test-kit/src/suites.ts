export { runCase, testActionCases, type ActionCase, type CaseRun } from "./action-cases.js";
export { testActionContract, type ActionFolder } from "./action-contract.js";
