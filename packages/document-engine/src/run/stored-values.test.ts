import { describe, expect, test } from "@jest/globals";
import type { ParameterSource, ParameterValue } from "../index.js";
import { runYaml, stepsOf, withSteps } from "../testing/run-yaml.js";

/** A source of values that records the requested names. */
function sourceOf(values: Readonly<Record<string, string | ParameterValue>>): ParameterSource & { readonly asked: string[][] } {
  const asked: string[][] = [];
  return {
    asked,
    get: async (names) => {
      asked.push([...names]);
      return new Map(
        names.map((name) => {
          const value = values[name];
          if (value === undefined) throw new Error(`no parameter ${name}`);
          return [name, typeof value === "string" ? { value, secure: false, type: "String" } : value];
        }),
      );
    },
  };
}

const parameters =
  "parameters:\n  - place: { type: string, default: /app/port }\n  - whole: { type: string, default: 'aws:ssm:/app/port' }\n";
const list: ParameterValue = { value: "a,b", secure: false, type: "StringList" };

async function echo(text: string, values: Readonly<Record<string, string | ParameterValue>>, rest = "") {
  const parameterStore = sourceOf(values);
  const { result } = await runYaml(
    parameters + withSteps(`{ name: One, action: Echo, inputs: { text: ${JSON.stringify(text)}${rest} } }`),
    { parameterStore },
  );
  const [step] = stepsOf(result);
  return { said: step?.outcome === "succeeded" ? step.inputs : step?.failureMessage, asked: parameterStore.asked };
}

describe("chapter 12: values of Parameter Store", () => {
  test.each([
    ["a value", "port {{ aws:ssm:/app/port }}", { "/app/port": "80" }, "port 80", [["/app/port"]]],
    [
      "several are fetched together, each once",
      "{{aws:ssm:/a}}{{ aws:ssm:/b }}{{ aws:ssm:/a }}",
      { "/a": "1", "/b": "2" },
      "121",
      [["/a", "/b"]],
    ],
    ["a name that a parameter holds", "{{ aws:ssm:resolve(place) }}", { "/app/port": "81" }, "81", [["/app/port"]]],
    ["a reference that a parameter holds", "{{ aws:ssm:resolve(whole) }}", { "/app/port": "82" }, "82", [["/app/port"]]],
    [
      "a name that is stored",
      "{{ aws:ssm:resolve(aws:ssm:/which) }}",
      { "/which": "/app/port", "/app/port": "83" },
      "83",
      [["/which"], ["/app/port"]],
    ],
    ["a StringList within a text", "[{{ aws:ssm:/list }}]", { "/list": list }, "[a,b]", [["/list"]]],
    ["a value is not resolved again", "{{ aws:ssm:/a }}", { "/a": "{{ aws:ssm:/b }}" }, "{{ aws:ssm:/b }}", [["/a"]]],
  ])("%s", async (_what, text, values, said, asked) => {
    expect(await echo(text, values)).toEqual({ said: [{ text: said }], asked });
  });

  test("a StringList that is a whole value is a list", async () => {
    expect(await echo("x", { "/list": list }, ", lines: '{{ aws:ssm:/list }}'")).toMatchObject({
      said: [{ text: "x", lines: ["a", "b"] }],
    });
  });

  test("a StringList within a text through the input of another step is its text", async () => {
    const parameterStore = sourceOf({ "/list": list });
    const steps = [
      "{ name: First, action: Echo, inputs: { text: x, lines: '{{ aws:ssm:/list }}' } }",
      "{ name: Second, action: Echo, inputs: { text: 'of {{ build.First.inputs.lines }}', lines: '{{ build.First.inputs.lines }}' } }",
    ];
    const { result } = await runYaml(withSteps(...steps), { parameterStore });
    expect(stepsOf(result).map(({ inputs }) => inputs)).toEqual([
      [{ text: "x", lines: ["a", "b"] }],
      [{ text: "of a,b", lines: ["a", "b"] }],
    ]);
    expect(parameterStore.asked).toEqual([["/list"]]);
  });

  test("in a loop, in a condition, and through the input of another step", async () => {
    const parameterStore = sourceOf({ "/list": list, "/a": "yes" });
    const { result } = await runYaml(
      withSteps(
        "{ name: First, action: Echo, if: { stringEquals: 'yes', value: '{{ aws:ssm:/a }}' }, loop: { forEach: { list: '{{ aws:ssm:/list }}' } }, inputs: { text: '{{ loop.value }}', lines: ['{{ aws:ssm:/a }}'] } }",
        "{ name: Second, action: Echo, inputs: { text: '{{ build.First.inputs.lines[0] }}' } }",
      ),
      { parameterStore },
    );
    expect(stepsOf(result).map(({ outputs }) => outputs)).toEqual([[{ text: "a\nb", lines: "yes\nyes" }], [{ text: "yes" }]]);
  });

  test("a value that is not available fails the step with the reason", async () => {
    expect((await echo("{{ aws:ssm:/nowhere }}", {})).said).toBe("no parameter /nowhere");
    const { result } = await runYaml(withSteps("{ name: One, action: Echo, inputs: { text: '{{ aws:ssm:/a }}' } }"));
    expect(stepsOf(result)[0]?.failureMessage).toBe(
      'the parameter "/a" of Parameter Store cannot be fetched: this run has no parameter store',
    );
  });
});
