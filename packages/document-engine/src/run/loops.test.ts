import { describe, expect, test } from "@jest/globals";
import { runYaml, stepsOf, withSteps, type YamlRunOptions } from "../testing/run-yaml.js";
import { createScaledHost } from "../testing/scaled-host.js";

const variables = `parameters:
  - Hosts: { type: string, default: "one,two" }
`;

async function echoed(loop: string, text = "{{ loop.index }}={{ loop.value }}", options: YamlRunOptions = {}): Promise<unknown> {
  const { result } = await runYaml(
    variables +
      withSteps(
        "{ name: Before, action: Echo, inputs: { text: 'x-y' } }",
        `{ name: Loop, action: Echo, loop: ${loop}, inputs: { text: ${JSON.stringify(text)} } }`,
      ),
    options,
  );
  const step = stepsOf(result)[1];
  return step?.outcome === "succeeded" ? step.outputs[0]?.["text"] : step?.failureMessage;
}

describe("chapter 14: the values of a loop", () => {
  test.each([
    ["for, both ends included", "{ for: { start: 1, end: 3, updateBy: 1 } }", "0=1\n1=2\n2=3"],
    ["for, an increment that skips the end", "{ for: { start: 1, end: 4, updateBy: 2 } }", "0=1\n1=3"],
    ["for, downwards", "{ for: { start: 2, end: -2, updateBy: -2 } }", "0=2\n1=0\n2=-2"],
    ["for, once, with any sign", "{ for: { start: 5, end: 5, updateBy: -1 } }", "0=5"],
    ["forEach over a list", "{ forEach: [a, '{{ Hosts }}', 0777, '{{ build.Before.outputs.text }}'] }", "0=a\n1=one,two\n2=0777\n3=x-y"],
    ["forEach over a delimited text, commas by default", "{ forEach: { list: '{{ Hosts }}' } }", "0=one\n1=two"],
    ["forEach with a delimiter", "{ forEach: { list: '{{ build.Before.outputs.text }}', delimiter: '-' } }", "0=x\n1=y"],
    ["lines", '{ forEach: { list: "a b\\nc", delimiter: "\\n" } }', "0=a b\n1=c"],
    ["empty pieces count", "{ forEach: { list: ',a,,b', delimiter: ',' } }", "0=\n1=a\n2=\n3=b"],
    ["spaces stay", "{ forEach: { list: 'a, b' } }", "0=a\n1= b"],
    ["every delimiter of the guide", '{ forEach: { list: "a\\tb", delimiter: "\\t" } }', "0=a\n1=b"],
  ])("%s", async (_what, loop, expected) => {
    expect(await echoed(loop)).toBe(expected);
  });

  test.each([".", ",", ";", ":", "\n", "\t", " ", "-", "_"])("the delimiter %j", async (delimiter) => {
    expect(await echoed(JSON.stringify({ forEach: { list: `a${delimiter}b`, delimiter } }))).toBe("0=a\n1=b");
  });

  test("an empty text has no iterations: the step succeeds without outputs", async () => {
    const { result } = await runYaml(withSteps("{ name: Loop, action: Echo, loop: { forEach: { list: '' } }, inputs: { text: x } }"));
    expect(stepsOf(result)[0]).toMatchObject({ outcome: "succeeded", outputs: [], loop: { iterations: 0 } });
  });
});

describe("chapter 14: references to the iteration", () => {
  test.each([
    ["by the loop's name", "{{ Mine.index }} {{Mine.value}} {{ loop.value }}", "0 a a\n1 b b"],
    ["several in nested values", "{{ loop.value }}{{ loop.value }}", "aa\nbb"],
  ])("%s", async (_what, text, expected) => {
    expect(await echoed("{ name: Mine, forEach: [a, b] }", text)).toBe(expected);
  });

  test("references in values are not resolved again", async () => {
    expect(await echoed("{ forEach: ['{{ literal:Hosts }}'] }", "{{ loop.value }}")).toBe("{{ Hosts }}");
  });
});

describe("chapter 14: the outputs of a loop", () => {
  test("are joined line by line for each item of the inputs, and can be referred to", async () => {
    const { result } = await runYaml(
      withSteps(
        "{ name: Files, action: FileOp, loop: { forEach: [a, b] }, inputs: [{ path: '1{{ loop.value }}' }, { path: '2{{ loop.value }}' }] }",
        "{ name: After, action: Echo, inputs: { text: '{{ build.Files.outputs[1].path }}' } }",
      ),
    );
    expect(stepsOf(result).map(({ outputs }) => outputs)).toEqual([[{ path: "1a\n1b" }, { path: "2a\n2b" }], [{ text: "2a\n2b" }]]);
  });

  test("of failed iterations are left out, and the message contains the index", async () => {
    const { result } = await runYaml(
      withSteps(
        "{ name: Files, action: FileOp, onFailure: Continue, loop: { forEach: [a, b, a, c] }, inputs: [{ path: '{{ loop.value }}', overwrite: false }] }",
      ),
    );
    expect(stepsOf(result)[0]).toMatchObject({
      status: "failed",
      outputs: [{ path: "a\nb" }],
      failureMessage: expect.stringMatching(/^the loop failed at index 2: Error: EEXIST/),
      loop: { name: undefined, iterations: 2, written: { forEach: ["a", "b", "a", "c"] }, values: ["a", "b", "a", "c"] },
    });
  });

  test("are truncated if they are too large to refer to", async () => {
    const { result } = await runYaml(
      withSteps("{ name: Big, action: Echo, loop: { for: { start: 1, end: 40, updateBy: 1 } }, inputs: { text: '{{ Text }}' } }").replace(
        "phases:",
        `constants:\n  - Text: { type: string, value: "${"x".repeat(40_000)}" }\nphases:`,
      ),
    );
    expect(stepsOf(result)[0]?.outputs).toEqual([{ text: { kept: expect.any(String), totalBytes: 40 * 40_001 - 1 } }]);
  });
});

describe("chapter 14: the fields of a step apply to the loop as a whole", () => {
  test("a retry begins at the first iteration", async () => {
    const { result, events } = await runYaml(
      withSteps("{ name: Flaky, action: FailUntil, maxAttempts: 3, loop: { forEach: [a, b] }, inputs: { attempts: 2 } }"),
    );
    expect(stepsOf(result)[0]).toMatchObject({ outcome: "succeeded", attempts: 2, outputs: [{ stdout: "attempt 2\nattempt 3" }] });
    expect(events.flatMap((event) => (event.type === "iteration-started" ? event.index : []))).toEqual([0, 0, 1]);
  });

  test.each([
    ["succeeds", "[0, 0]", "succeeded", 0],
    ["fails with a code", "[0, 3]", "failed", 3],
    ["fails without one", "[0, bad]", "failed", undefined],
    ["runs out of time", "[0, never]", "timed-out", undefined],
  ])("the exit code is that of the iteration that %s", async (_what, values, outcome, exitCode) => {
    const loop = `{ name: Loop, action: Exit, timeoutSeconds: 20, loop: { forEach: ${values} }, inputs: { code: '{{ loop.value }}' } }`;
    const { result, events } = await runYaml(withSteps(loop), { unchecked: true, host: createScaledHost() });
    expect(stepsOf(result)[0]).toMatchObject({ outcome, exitCode });
    expect(events.find(({ type }) => type === "attempt-finished")).toMatchObject({ exitCode });
  });

  test("the time limit applies to all iterations together", async () => {
    const { result } = await runYaml(
      withSteps("{ name: Slow, action: Wait, timeoutSeconds: 20, onFailure: Ignore, loop: { forEach: [a, b] } }"),
      { host: createScaledHost() },
    );
    expect(stepsOf(result)[0]).toMatchObject({
      outcome: "timed-out",
      status: "ignoredFailure",
      failureMessage: "the loop ran longer than its step's timeoutSeconds of 20; it was at index 0",
    });
  });

  test.each([
    ["Abort", "failed", ["failed"]],
    ["Continue", "failed", ["failed", "success"]],
    ["Ignore", "successWithIgnoredFailure", ["ignoredFailure", "success"]],
  ])("onFailure %s", async (onFailure, status, steps) => {
    const { result } = await runYaml(
      withSteps(
        `{ name: Bad, action: Throw, onFailure: ${onFailure}, loop: { forEach: [error] }, inputs: { what: '{{ loop.value }}' } }`,
        "{ name: Next, action: Nap }",
      ),
    );
    expect([result.status, stepsOf(result).map((step) => step.status)]).toEqual([status, steps]);
  });
});
