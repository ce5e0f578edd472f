import { expect, test } from "@jest/globals";
import { traceContextIn } from "./trace-context.js";

const [TRACE, SPAN] = ["4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7"];
const traceparent = `00-${TRACE}-${SPAN}-01`;

test.each([
  ["a context", { traceparent }, { traceparent }],
  ["with a state, in one header or in several", { traceparent, tracestate: ["a=1", "b=2"] }, { traceparent, tracestate: "a=1,b=2" }],
  ["a state that is too long is left out", { traceparent, tracestate: "a".repeat(513) }, { traceparent }],
  ["a later version may have more", { traceparent: `cc${traceparent.slice(2)}-more` }, { traceparent: `cc${traceparent.slice(2)}` }],
])("%s", (_, headers, context) => {
  expect(traceContextIn(headers)).toEqual(context);
});

test.each([
  ["none", undefined],
  ["two", [traceparent, traceparent]],
  ["capitals", traceparent.toUpperCase()],
  ["the version that is none", `ff${traceparent.slice(2)}`],
  ["a trace of zeros", `00-${"0".repeat(32)}-${SPAN}-01`],
  ["a span of zeros", `00-${TRACE}-${"0".repeat(16)}-01`],
  ["more behind version 00", `${traceparent}-00`],
  ["another text", "on"],
])("%s is no context", (_, given) => {
  expect(traceContextIn({ traceparent: given, tracestate: "a=1" })).toBeUndefined();
});
