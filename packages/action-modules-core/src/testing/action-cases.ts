export { runCase, testActionCases, type ActionCase } from "@imagewright/test-kit/suites";
