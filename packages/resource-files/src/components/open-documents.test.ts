import { describe, expect, test } from "@jest/globals";
import { formatLocation, renderText, SourceFile, type Diagnostic } from "@imagewright/diagnostics";
import { expectLinear } from "@imagewright/test-kit";
import { valueOf } from "@imagewright/yaml-syntax";
import { openDocuments, type Take } from "./open-documents.js";

/** A template of one component, whose `Data` is what is given. */
function template(data: string, more = ""): string {
  return `Parameters:\n  Given: {Type: String, Default: "24.05"}\n  Open: {Type: String}\n${more}Resources:\n  Tool:\n    Type: AWS::ImageBuilder::Component\n    Properties:\n      Data: ${data}\n`;
}

function open(text: string, take: Take = "all", name = "t.yaml") {
  return openDocuments(new SourceFile(name, text), take);
}

function inLines(diagnostics: readonly Diagnostic[]): string[] {
  return diagnostics.map(
    ({ span, severity, message, code }) => `${formatLocation(span)} ${severity === "error" ? "" : `${severity}: `}${message} [${code}]`,
  );
}

/** The texts of the documents, and what is said of the file. */
function textsOf(text: string, take?: Take): string[] {
  const { documents, diagnostics } = open(text, take);
  return [...documents.map(({ source }) => source.text), ...inLines(diagnostics)];
}

describe("a document in a template is", () => {
  test.each([
    ["text", template('"phases: [a]"'), ["phases: [a]"]],
    ["!Sub with a parameter that has a default", template('!Sub "phases: [${Given}]"'), ["phases: [24.05]"]],
    ["!Sub with what the shell is to see", template('!Sub "phases: [${!HOME}, $HOME, ${!}]"'), ["phases: [${HOME}, $HOME, ${}]"]],
    ["Fn::Sub with names of its own", template('{"Fn::Sub": ["phases: [${x}, ${y}]", {x: 1, y: !Ref Given}]}'), ["phases: [1, 24.05]"]],
    ["!Join", template('!Join ["\\n", ["phases:", "- a", !Ref "AWS::NoValue", !Sub "- ${Given}"]]'), ["phases:\n- a\n- 24.05"]],
    [
      "Fn::Join of a parameter's list",
      template("!Join [',', !Ref L]", "  L: {Type: CommaDelimitedList, Default: 'phases: [a, b]'}\n"),
      ["phases: [a,b]"],
    ],
    ["Fn::Select of Fn::Split", template('!Select [1, !Split ["|", "x|phases: []"]]'), ["phases: []"]],
    ["Fn::FindInMap", template("!FindInMap [A, B, C]", "Mappings: {A: {B: {C: 'phases: []'}}}\n"), ["phases: []"]],
    ["!Ref", template("!Ref D", "  D: {Type: String, Default: 'phases: []'}\n"), ["phases: []"]],
    [
      "with values that are not known, each reported once",
      template('!Sub "phases: [${Open}, ${AWS::Region}, ${Open}, ${Tool.Arn}]"'),
      [
        "phases: [Open, AWS_Region, Open, Tool_Arn]",
        't.yaml:8:28 info: the value of "Open" is not known here; what depends on it is passed over [value-not-known]',
        't.yaml:8:37 info: the value of "AWS::Region" is not known here; what depends on it is passed over [value-not-known]',
        't.yaml:8:62 info: the value of "Tool.Arn" is not known here; what depends on it is passed over [value-not-known]',
      ],
    ],
    [
      "not known",
      template("!Ref Open"),
      ['t.yaml:8:18 info: the document of "Tool" is not known here, since it comes from "Open"; it is passed over [value-not-known]'],
    ],
    [
      "kept in Systems Manager",
      template("!Ref S", "  S: {Type: 'AWS::SSM::Parameter::Value<String>', Default: /x}\n"),
      ['t.yaml:9:18 info: the document of "Tool" is not known here, since it comes from "S"; it is passed over [value-not-known]'],
    ],
    [
      "included by a macro",
      template('{"Fn::Transform": {Name: "AWS::Include"}}'),
      [
        't.yaml:8:13 info: the document of "Tool" is not known here, since it comes from "Fn::Transform"; it is passed over [value-not-known]',
      ],
    ],
    [
      "no text",
      template("{schemaVersion: 1.0, phases: []}"),
      ['t.yaml:8:13 the document of "Tool" must be text; found a mapping [wrong-type]'],
    ],
    ["missing", template("~"), ['t.yaml:5:3 "Tool" has no document, neither as text nor as a URI [missing-key]']],
    [
      "elsewhere",
      template("~\n      Uri: s3://b/k"),
      ['t.yaml:9:12 info: the document of "Tool" is at "s3://b/k", and is not read [document-elsewhere]'],
    ],
    [
      "a workflow",
      template('"steps: [{name: a}]"'),
      ['t.yaml:8:14 this is a workflow document (it has "steps" and no "phases"), not a component document [other-kind-of-file]'],
    ],
  ])("%s", (_what, text, expected) => {
    expect(textsOf(text)).toEqual(expected);
  });

  test.each([
    [
      template('!Sub "phases: [${HOME}]"'),
      ["phases: [HOME]", 't.yaml:8:28 "${HOME}" in Fn::Sub is not a parameter or resource of this template [unknown-name]'],
    ],
    [
      template('!Sub "phases: [${HOME:-x}]"'),
      ["phases: [HOME_x]", 't.yaml:8:28 "${HOME:-x}" in Fn::Sub is not a name of CloudFormation [unknown-name]'],
    ],
    [
      template("!Ref Givn"),
      ['t.yaml:8:18 unknown parameter or resource "Givn"; allowed: "Given", "Open" or "Tool"; did you mean "Given"? [unknown-name]'],
    ],
    [template("!Sub {a: b}"), ['t.yaml:8:18 "Fn::Sub" takes a text, or a list of a text and a mapping; found a mapping [wrong-type]']],
    [template("!Join x"), ['t.yaml:8:19 "Fn::Join" takes a list of a delimiter and a list; found a string [wrong-type]']],
    [template("!Select []"), ['t.yaml:8:21 "Fn::Select" takes a list of an index and a list; found a list [wrong-type]']],
    [template("!FindInMap [a]"), ['t.yaml:8:24 "Fn::FindInMap" takes a list of a mapping\'s name and two keys; found a list [wrong-type]']],
    [template("!Ref [a]"), ['t.yaml:8:18 "Ref" takes a name; found a list [wrong-type]']],
    [template("!GetAtt {a: b}"), ['t.yaml:8:21 "Fn::GetAtt" takes a resource and its attribute; found a mapping [wrong-type]']],
  ])("with a fault of the template: %#", (text, expected) => {
    expect(textsOf(text)).toEqual(expected);
  });

  test("with a name that a macro may have made", () => {
    expect(textsOf(template('!Sub "phases: [${Made}]"', "Transform: X\n"))).toEqual([
      "phases: [Made]",
      't.yaml:9:28 info: the value of "Made" is not known here; what depends on it is passed over [value-not-known]',
    ]);
  });
});

describe("places are those of the template", () => {
  test.each([
    ["a literal block under !Sub", template("!Sub |\n        phases:\n          - name: ${Given}x\n            typo: y"), "t.yaml:11:13"],
    [
      "JSON",
      JSON.stringify({ Resources: { A: { Type: "AWS::ImageBuilder::Component", Properties: { Data: "phases:\n- typo: x" } } } }),
      "t.yaml:1:91",
    ],
    ["behind what is longer than it is written", template('!Sub "phases: [${Given}, {typo: x}]"'), "t.yaml:8:39"],
    ["behind an escape", template('!Sub "phases: [${!Given}, {typo: x}]"').replace("[${!Given}", "['${!Given}'"), "t.yaml:8:42"],
    ["under Fn::Join", template('!Join ["", ["phases: [", "{typo: x}]"]]'), "t.yaml:8:40"],
  ])("%s", (_what, text, place) => {
    const [document] = open(text).documents;
    const phases = valueOf(document?.parsed.root, "phases");
    const item = phases?.kind === "sequence" ? phases.items.find((each) => valueOf(each, "typo") !== undefined) : undefined;
    const key = item?.kind === "mapping" ? item.entries.find(({ key: { text: name } }) => name === "typo")?.key : undefined;
    expect(key === undefined ? document?.source.text : formatLocation(key.span)).toBe(place);
  });

  test("so that the line of the template is shown", () => {
    const { documents } = open(template("!Sub |\n        phases:\n          - a: {"));
    expect(renderText(documents.flatMap(({ parsed }) => parsed.diagnostics))).toContain("t.yaml:11:1: ");
  });

  test("a value is open where it depends on what is not known, and nowhere else", () => {
    const [document] = open(template('!Sub "phases: [a${Open}, b]"')).documents;
    const phases = valueOf(document?.parsed.root, "phases");
    const items = phases?.kind === "sequence" ? phases.items : [];
    expect(items.map(({ span }) => document?.isOpen(span))).toEqual([true, false]);
  });
});

const ANSWER = JSON.stringify({ requestId: "1", component: { arn: "a", platform: "Linux", data: "phases: []" } });
const two = (more: string) =>
  `Resources:\n  A: {Type: "AWS::ImageBuilder::Component", Properties: {Data: "phases: []"}}\n  B: {Type: "AWS::ImageBuilder::Component", Properties: {Data: "phases: []"}}\n${more}`;
const plan = {
  format_version: "1.2",
  planned_values: {
    root_module: {
      resources: [
        { address: "aws_imagebuilder_component.a", mode: "managed", type: "aws_imagebuilder_component", values: { data: "phases: []" } },
        { address: "data.aws_imagebuilder_component.b", mode: "data", type: "aws_imagebuilder_component", values: { data: "phases: []" } },
        { address: "aws_s3_bucket.c", mode: "managed", type: "aws_s3_bucket", values: {} },
      ],
      child_modules: [
        {
          child_modules: [
            {
              resources: [
                { address: "module.m.aws_imagebuilder_component.d[0]", type: "aws_imagebuilder_component", values: { uri: "s3://b/k" } },
              ],
            },
          ],
          resources: [
            { address: 'module.m.aws_imagebuilder_component.e["x"]', type: "aws_imagebuilder_component", values: { data: "phases:\n- x" } },
          ],
        },
      ],
    },
  },
};

describe("which documents are taken", () => {
  test.each<[string, string, Take, string[]]>([
    ["a file of its own", "phases: []", "file", ["t.yaml"]],
    ["what cannot be reported, so that its reader says what is wrong", "name: x", "file", ["t.yaml"]],
    ["an answer of the service", ANSWER, "one", ["t.yaml"]],
    ["a request", '{"name": "a", "platform": "Linux", "data": "phases: []"}', "all", ["t.yaml"]],
    ["all of a template", two(""), "all", ["t.yaml: A", "t.yaml: B"]],
    [
      "one of a template that has two",
      two(""),
      "one",
      ['t.yaml:1:1 this is a CloudFormation template with 2 component documents, those of "A" and "B"; one is wanted [several-documents]'],
    ],
    [
      "none of a template",
      two(""),
      "file",
      ['t.yaml:1:1 this is a CloudFormation template (it has "Resources"), not a component document [other-kind-of-file]'],
    ],
    [
      "none of an answer",
      ANSWER,
      "file",
      ['t.yaml:1:18 this is a component (it has "component"), not a component document [other-kind-of-file]'],
    ],
    [
      "all of a template that has none",
      "Resources: {A: {Type: AWS::S3::Bucket}}",
      "all",
      ['t.yaml:1:1 this is a CloudFormation template (it has "Resources"), not a component document [other-kind-of-file]'],
    ],
    [
      "what a loop makes",
      `${two("")}  Fn::ForEach::Many: [x, [a], {}]\n`,
      "all",
      ["t.yaml: A", "t.yaml: B", 't.yaml:4:3 info: what "Fn::ForEach::Many" makes is not known here, and is not read [value-not-known]'],
    ],
    [
      "all of a Terraform plan",
      JSON.stringify(plan),
      "all",
      [
        "aws_imagebuilder_component.a",
        'module.m.aws_imagebuilder_component.e["x"]',
        expect.stringMatching(
          /^t\.yaml:1:\d+ info: the document of "module\.m\.aws_imagebuilder_component\.d\[0\]" is at "s3:\/\/b\/k", and is not read/,
        ) as unknown as string,
      ],
    ],
  ])("%s", (_what, text, take, expected) => {
    const { documents, diagnostics } = open(text, take);
    expect([...documents.map(({ source }) => source.name), ...inLines(diagnostics)]).toEqual(expected);
  });

  test("where one is wanted to run, all of it must be known", () => {
    expect(textsOf(template('!Sub "phases: [${Open}]"'), "one").at(-1)).toBe(
      't.yaml:8:28 the value of "Open" is not known here [value-not-known]',
    );
  });

  test("a document of a Terraform plan has places of its own, since the plan is in one line", () => {
    const { documents } = open(JSON.stringify(plan));
    const phases = valueOf(documents[1]?.parsed.root, "phases");
    expect(phases === undefined ? "" : formatLocation(phases.span)).toBe('module.m.aws_imagebuilder_component.e["x"]:2:1');
  });
});

describe("hostile templates", () => {
  test("functions that double a text at each level end with one fault", () => {
    let text = "x";
    for (let level = 0; level < 45; level++) text = `!Sub ["\${a}\${a}", {a: ${text}}]`;
    const { diagnostics } = open(template(text));
    expect(diagnostics.map(({ code }) => code)).toContain("template-too-large");
    expect(diagnostics.length).toBeLessThan(5);
  });

  test("references in a circle", () => {
    const text =
      'Mappings: {A: {B: {C: !FindInMap [A, B, C]}}}\nResources:\n  A: {Type: "AWS::ImageBuilder::Component", Properties: {Data: !FindInMap [A, B, C]}}\n  B: {Type: "AWS::ImageBuilder::Component", Properties: {Data: !GetAtt B.Data}}\n';
    expect(inLines(open(text).diagnostics)).toEqual([
      't.yaml:3:75 info: the document of "A" is not known here, since it comes from "Fn::FindInMap"; it is passed over [value-not-known]',
      't.yaml:4:72 info: the document of "B" is not known here, since it comes from "B.Data"; it is passed over [value-not-known]',
    ]);
  });

  test("the work grows linearly with the number of components", async () => {
    const one = (index: number) =>
      `  C${index}:\n    Type: AWS::ImageBuilder::Component\n    Properties:\n      Data: !Sub |\n        phases:\n          - name: build\n            steps: [{name: "\${AWS::Region}", action: ExecuteBash, inputs: {commands: ["echo \${!x}"]}}]\n`;
    const many = (count: number) => `Resources:\n${Array.from({ length: count }, (_, index) => one(index)).join("")}`;
    expect(open(many(500)).documents.length).toBe(500);
    await expectLinear(50, many, (text) => open(text));
  });

  test("a template that is nested too deeply, or no template after all", () => {
    const { documents } = open(template("[".repeat(500)));
    expect(documents.flatMap(({ parsed }) => parsed.diagnostics).map(({ code }) => code)).toEqual(["yaml-too-deep"]);
    expect(textsOf("AWSTemplateFormatVersion: x\nResources: 7\n")).toEqual([
      't.yaml:1:1 this is a CloudFormation template (it has "AWSTemplateFormatVersion"), not a component document [other-kind-of-file]',
    ]);
    expect(textsOf('Resources: {A: 7, B: {Type: [x]}, C: {Type: "AWS::ImageBuilder::Component", Properties: [x]}}')).toEqual([
      't.yaml:1:89 the resource "C" must have "Properties", which is a mapping [missing-key]',
    ]);
  });
});
