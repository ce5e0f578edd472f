import { describe, expect, test } from "@jest/globals";
import type { Platform } from "@imagewright/action-contract";
import { formatLocation, renderText, SourceFile } from "@imagewright/diagnostics";
import fc from "fast-check";
import { testRegistry } from "../testing/test-actions.js";
import { withSteps } from "../testing/run-yaml.js";
import { checkDocument } from "./check-document.js";

function check(text: string, platforms: readonly Platform[] = ["linux"]) {
  return checkDocument(new SourceFile("f.yaml", text), { registry: testRegistry, platforms });
}

function messages(text: string, platforms?: readonly Platform[]): string[] {
  return check(text, platforms).diagnostics.map(({ message, span }) => `${formatLocation(span)} ${message}`);
}

describe("platforms", () => {
  const text = withSteps(
    "{ name: Values, action: SetRegistry }",
    "{ name: Write, action: FileOp, inputs: [{ path: a/, overwrite: false }, { path: b }] }",
  );

  test.each<[readonly Platform[], readonly string[]]>([
    [["windows"], ["f.yaml:6:57 FileOp: the path must name a file", "f.yaml:6:83 FileOp: nothing is overwritten on Windows"]],
    [
      ["darwin", "linux"],
      [
        "f.yaml:5:33 SetRegistry does not run on macOS; it runs on Windows",
        "f.yaml:5:33 SetRegistry does not run on Linux; it runs on Windows",
        "f.yaml:6:57 FileOp: the path must name a file",
      ],
    ],
  ])("on %j", (platforms, expected) => {
    expect(messages(text, platforms)).toEqual(expected);
  });

  test("no platform means all of them", () => {
    expect(messages(text, [])).toEqual(messages(text, ["linux", "darwin", "windows"]));
  });
});

describe("inputs whose values are known only at the step", () => {
  const unknown = "'{{ build.One.outputs.path }}'";

  test("are not checked before", () => {
    expect(
      messages(
        withSteps(
          "{ name: One, action: FileOp, inputs: { path: a } }",
          `{ name: Two, action: FileOp, inputs: [{ path: '{{ build.One.outputs.path }}/' }, { path: b, overwrite: ${unknown}, mode: ${unknown}, retries: ${unknown} }] }`,
        ),
      ),
    ).toEqual([]);
  });

  test("do not prevent the check of the others, if the fault does not depend on them", () => {
    const steps = withSteps(
      "{ name: One, action: FileOp, inputs: { path: a } }",
      `{ name: Two, action: FileOp, inputs: [{ path: b/, overwrite: ${unknown}, mode: ${unknown} }, { path: b, overwrite: ${unknown} }] }`,
    );
    expect(messages(steps, ["windows"])).toEqual([
      "f.yaml:5:48 FileOp: nothing is overwritten on Windows",
      "f.yaml:6:55 FileOp: the path must name a file",
    ]);
  });
});

describe("the forms of documents", () => {
  const text = withSteps("name: Hello\n        action: Echo\n        inputs:\n          text: hi");

  test.each([
    ["with CRLF", text.replaceAll("\n", "\r\n")],
    ["with a byte order mark", `\ufeff${text}`],
    ["behind ---", `---\n${text}...\n`],
    [
      "as JSON",
      JSON.stringify(
        { schemaVersion: "1.0", phases: [{ name: "build", steps: [{ action: "Echo", inputs: { text: "hi" }, name: "Hello" }] }] },
        null,
        "\t",
      ),
    ],
    ["schemaVersion 1", text.replace("1.0", "1")],
    ["keys without values", `${text}name:\ndescription: ~\nconstants:\nparameters:\n`],
    ["a list of one mapping for one mapping", withSteps("{ name: A, action: FileOp, inputs: { path: x } }")],
  ])("%s", (_what, document) => {
    expect(renderText(check(document).diagnostics)).toBe("");
    expect(check(document).document?.phases.flatMap((phase) => phase.steps.map((step) => step.name.text)).length).toBe(1);
  });

  test("omitted settings", () => {
    const [step] = check(text).document?.phases[0]?.steps ?? [];
    expect(step).toMatchObject({ timeoutSeconds: undefined, maxAttempts: undefined, onFailure: "Abort", disableLogging: false });
  });
});

describe("no text makes it throw", () => {
  const names =
    "schemaVersion phases name steps action inputs parameters constants type string build Echo FileOp text path Hello __proto__";
  const values = "1.0 -1 true ~ Abort {{Hello}} '{{build.Hello.outputs.text}}' '{{build.Hello.inputs[0].text}}' &a *a !t";
  const signs = "{{ }} << | >- ' \" # --- [ ] { } ,";
  const word = fc.constantFrom(...`${names} ${values} ${signs}`.split(" "));
  const line = fc
    .tuple(fc.nat(5), fc.constantFrom("", "- ", "- - "), word, fc.constantFrom("", ":", ": "), fc.array(word, { maxLength: 2 }))
    .map(([depth, dash, key, colon, words]) => `${"  ".repeat(depth)}${dash}${key}${colon}${words.join(" ")}`);

  function checkIt(text: string): void {
    const { diagnostics } = check(text);
    for (const { span } of diagnostics) expect(0 <= span.start && span.start <= span.end && span.end <= text.length + 3).toBe(true);
    expect(typeof renderText(diagnostics)).toBe("string");
  }

  test("for lines that look like YAML", () => {
    fc.assert(
      fc.property(
        fc.array(line, { maxLength: 25 }).map((lines) => lines.join("\n")),
        checkIt,
      ),
      { numRuns: 400 },
    );
  });

  test("for documents with a piece cut out, doubled or replaced", () => {
    const whole = `schemaVersion: 1.0
constants:
  - Folder: { type: string, value: /srv }
parameters:
  - Port:
      type: string
      default: "80"
      allowedValues: ["80", "81"]
phases:
  - name: build
    steps:
      - name: Hello
        action: Echo
        timeoutSeconds: 5
        onFailure: Continue
        inputs:
          text: "{{ Folder }}/{{ Port }}"
          lines: [a, b]
      - name: Write
        action: FileOp
        maxAttempts: 2
        inputs:
          - path: |
              {{ build.Hello.outputs.text }}
          - path: '{{ build.Hello.inputs.lines[1] }}'
            overwrite: yes
`;
    const place = fc.nat(whole.length);
    const change = fc.tuple(place, place, fc.oneof(fc.constant(undefined), fc.constant(""), word, fc.string({ maxLength: 5 })));
    const changed = fc.array(change, { minLength: 1, maxLength: 3 }).map((changes) =>
      changes.reduce((text, [one, other, by]) => {
        const [start, end] = [Math.min(one, other), Math.max(one, other)];
        const piece = text.slice(start, end);
        return `${text.slice(0, start)}${by ?? piece + piece}${text.slice(Math.min(end, start + 40))}`;
      }, whole),
    );
    fc.assert(fc.property(changed, checkIt), { numRuns: 400 });
  });

  test("for data of any shape", () => {
    const keys = "schemaVersion phases name steps action inputs parameters constants type default allowedValues text path onFailure if";
    const key = fc.constantFrom("", ...keys.split(" "));
    const data = fc.letrec<{ value: unknown }>((tie) => ({
      value: fc.oneof(
        { maxDepth: 7 },
        word,
        fc.constant(null),
        fc.integer(),
        fc.boolean(),
        fc.array(tie("value"), { maxLength: 4 }),
        fc.dictionary(key, tie("value"), { maxKeys: 6 }),
      ),
    })).value;
    fc.assert(
      fc.property(
        data.map((value) => JSON.stringify(value)),
        checkIt,
      ),
      { numRuns: 400 },
    );
  });
});
