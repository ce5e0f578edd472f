import { TestEnvironment } from "jest-environment-node";

const end = Number(process.env.IMAGEWRIGHT_END) * 1000;

/** Runs what begins before the moment of IMAGEWRIGHT_END, in seconds since 1970. Tests that would begin later count as skipped. */
export default class EndingEnvironment extends TestEnvironment {
  handleTestEvent({ name, describeBlock, test }) {
    if (Date.now() < end) return;
    // a group none of whose tests runs has no need of its hooks either
    if (name === "run_describe_start") skipAll(describeBlock);
    if (name === "test_start") test.mode = "skip";
  }
}

function skipAll({ children }) {
  for (const child of children) {
    if (child.type === "describeBlock") skipAll(child);
    else child.mode = "skip";
  }
}
