import { expect, test } from "@jest/globals";
import type { AgentEvent, AgentEventBody } from "@imagewright/agent-protocol";
import { StepOutput, type StepOutputOptions } from "./step-output.js";

const PLACE = { document: "web.yaml", phase: "build", step: "Install", key: "1/build/Install" };
const at = (body: AgentEventBody, depth = 0): AgentEvent => ({ protocol: "1.0", seq: 1, time: 0, depth, ...body });
const printed = (
  text: string,
  { stream = "stdout", depth = 0, step = "Install" }: { stream?: "stdout" | "stderr"; depth?: number; step?: string } = {},
) => at({ type: "step-output", ...PLACE, step, stream, text }, depth);
const ATTEMPT = at({ type: "attempt-finished", ...PLACE, attempt: 1, failureMessage: "", again: false });

function shown(events: readonly AgentEvent[], options?: StepOutputOptions): string[] {
  const output = new StepOutput(options);
  return events.flatMap((event) => output.take(event).map(String));
}

test("lines are shown when they have ended, whatever the pieces, each behind the name of its step", () => {
  expect(shown([printed("one\ntw"), printed("o\n\nthr"), printed("ee\n")])).toEqual(
    ["one", "two", "", "three"].map((line) => `    Install | ${line}`),
  );
});

test("what has no end of line is shown when its step ends, and the two streams are not mixed", () => {
  const events = [printed("out, "), printed("err", { stream: "stderr" }), printed("and more\nrest"), ATTEMPT];
  expect(shown(events)).toEqual(["    Install | out, and more", "    Install | rest", "    Install | err"]);
  expect(shown([...events, ATTEMPT])).toHaveLength(3);
});

test("a nested document's steps are indented, and do not end the lines of the step that runs it", () => {
  const inner = printed("inner\n", { depth: 1, step: "Inner" });
  const end = at({ type: "attempt-finished", ...PLACE, attempt: 1, failureMessage: "", again: false }, 1);
  expect(shown([printed("outer"), inner, end, ATTEMPT])).toEqual(["      Inner | inner", "    Install | outer"]);
});

test("control characters are written out, unless raw output is asked for", () => {
  const events = [printed("\u001b[2Jgone\r\nover\rwritten\n")];
  expect(shown(events)).toEqual(["    Install | \\u001b[2Jgone", "    Install | over\\u000dwritten"]);
  expect(shown(events, { raw: true })).toEqual(["    Install | \u001b[2Jgone\r", "    Install | over\rwritten"]);
});

test("an endless line is cut, and what is not in the events is counted", () => {
  const lines = shown([printed("x".repeat(16_384)), printed("yz"), at({ type: "output-left-out", ...PLACE, bytes: 70, events: 0 })]);
  expect(lines.map((line) => line.replace(/x+/, "x…"))).toEqual([
    "    Install | x…yz",
    "    Install | … 70 bytes more, which are in console.log only",
  ]);
});

test("the lines of an action itself are shown as well", () => {
  expect(shown([at({ type: "step-log", ...PLACE, text: "downloading\nagain" })])).toEqual([
    "    Install | downloading",
    "    Install | again",
  ]);
});
