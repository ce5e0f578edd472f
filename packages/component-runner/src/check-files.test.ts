import { readFileSync, readdirSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { createRegistry } from "@imagewright/action-contract";
import { coreActions } from "@imagewright/action-modules-core";
import { linuxActions } from "@imagewright/action-modules-linux";
import { renderText, SourceFile } from "@imagewright/diagnostics";
import { openDocuments } from "@imagewright/resource-files";
import { withTemporaryFolder } from "@imagewright/test-kit";
import { checkComponents, type CheckRequest } from "./check-components.js";
import { CORPUS_FOLDER, hasCorpus, readCorpus, whetherSkipped } from "./corpus/corpus.js";

const registry = createRegistry(coreActions, linuxActions);

/** What is shown of a file, and what its documents are called. */
async function check(name: string, text: string, take: CheckRequest["take"] = "all"): Promise<{ shown: string; names: readonly string[] }> {
  return withTemporaryFolder(async (folder) => {
    await writeFile(join(folder, name), text);
    const { names, diagnostics } = await checkComponents({ locations: [join(folder, name)], registry, platforms: ["linux"], take });
    const plain = (shown: string) => shown.replaceAll(`${folder}/`, "");
    return { shown: plain(renderText(diagnostics)), names: names.map(plain) };
  });
}

const DATA = (data: string) => `AWSTemplateFormatVersion: '2010-09-09'
Parameters:
  ToolVersion:
    Type: String
    Default: '24.05'
  Bucket:
    Type: String
Resources:
  Tool:
    Type: AWS::ImageBuilder::Component
    Properties:
      Name: tool
      Platform: Linux
      Version: '1.0.0'
      Data: ${data}
`;

const TEMPLATE = DATA(`!Sub |
        name: tool
        schemaVersion: 1.0
        parameters:
          - ToolVersion:
              type: string
              default: "\${ToolVersion}"
        phases:
          - name: build
            steps:
              - name: Install
                action: ExecuteBash
                inputs:
                  commands:
                    - |
                      version='{{ ToolVersion }}'
                      echo "installing \${!version}"`);

describe("a CloudFormation template", () => {
  test("has its documents checked in place", async () => {
    expect(await check("template.yaml", TEMPLATE)).toEqual({ shown: "", names: ["template.yaml: Tool"] });
  });

  test.each([
    ["LF", TEMPLATE],
    ["CRLF", TEMPLATE.replaceAll("\n", "\r\n")],
  ])("shows the faults of documents at their lines, which end with %s", async (_what, text) => {
    const faulty = text
      .replace("{{ ToolVersion }}", "{{ ToolVersoin }}")
      .replace("ExecuteBash", "ExecuteBash\n                tiemoutSeconds: 3");
    expect((await check("template.yaml", faulty)).shown).toBe(
      [
        'template.yaml:27:17: step "Install": unknown key "tiemoutSeconds"; allowed: "action", "disableLogging", "if", "inputs", "loop", "maxAttempts", "name", "onFailure" or "timeoutSeconds"; did you mean "timeoutSeconds"? [unknown-key]',
        "                  tiemoutSeconds: 3",
        "                  ^~~~~~~~~~~~~~",
        'template.yaml:31:32: unknown parameter or constant "ToolVersoin"; allowed: "ToolVersion"; did you mean "ToolVersion"? [unknown-reference]',
        "                        version='{{ ToolVersoin }}'",
        "                                 ^~~~~~~~~~~~~~~~~",
        "2 errors",
        "",
      ].join("\n"),
    );
  });

  test("says what it passes over, in the order of the file", async () => {
    const open = TEMPLATE.replace("action: ExecuteBash", "action: ExecuteBash\n                timeoutSeconds: ${Bucket}").replace(
      "echo",
      "aws s3 cp s3://${Bucket}/${AWS::Region} {{ nothing }}; echo",
    );
    expect((await check("template.yaml", open)).shown).toBe(
      [
        'template.yaml:27:33: info: the value of "Bucket" is not known here; what depends on it is passed over [value-not-known]',
        "                  timeoutSeconds: ${Bucket}",
        "                                  ^",
        'template.yaml:32:48: info: the value of "AWS::Region" is not known here; what depends on it is passed over [value-not-known]',
        '                        aws s3 cp s3://${Bucket}/${AWS::Region} {{ nothing }}; echo "installing ${!version}"',
        "                                                 ^",
        'template.yaml:32:63: unknown parameter or constant "nothing"; allowed: "ToolVersion" [unknown-reference]',
        '                      aws s3 cp s3://${Bucket}/${AWS::Region} {{ nothing }}; echo "installing ${!version}"',
        "                                                              ^~~~~~~~~~~~~",
        `  help: define it under "parameters"; if the braces are for another program, add - Nothing: { type: string, value: '{{ nothing }}' } to "constants" and write {{ Nothing }}; or write {{ literal:nothing }}, which EC2 Image Builder does not understand`,
        "1 error, 2 notes",
        "",
      ].join("\n"),
    );
  });

  test("whose document is to run must say all of it", async () => {
    expect((await check("template.yaml", DATA('!Sub "schemaVersion: ${Bucket}\\nphases: []"'), "one")).shown).toContain(
      'template.yaml:15:34: the value of "Bucket" is not known here [value-not-known]',
    );
  });

  test("is named to those who take files of their own only", async () => {
    expect(await check("template.yaml", TEMPLATE, "file")).toEqual({
      shown: [
        'template.yaml:1:1: this is a CloudFormation template (it has "AWSTemplateFormatVersion"), not a component document [other-kind-of-file]',
        "  AWSTemplateFormatVersion: '2010-09-09'",
        "  ^~~~~~~~~~~~~~~~~~~~~~~~",
        "  help: ib component validate checks the component documents in it",
        "1 error",
        "",
      ].join("\n"),
      names: [],
    });
  });
});

test("a Terraform plan has the addresses of its components for names of files", async () => {
  const data = "schemaVersion: 1.0\nphases:\n  - name: build\n    steps:\n      - {name: A, action: ExecuteBush}\n";
  const component = {
    address: "module.web.aws_imagebuilder_component.tool",
    mode: "managed",
    type: "aws_imagebuilder_component",
    values: { data },
  };
  const plan = { format_version: "1.2", planned_values: { root_module: { child_modules: [{ resources: [component] }] } } };
  const { shown, names } = await check("plan.json", JSON.stringify(plan));
  expect(names).toEqual(["module.web.aws_imagebuilder_component.tool"]);
  expect(shown).toMatch(/^module\.web\.aws_imagebuilder_component\.tool:5:27: unknown action "ExecuteBush"; allowed: /);
});

describe("one message, and nothing else, for", () => {
  test.each([
    [
      "a workflow",
      "c.yaml",
      "name: check-image\ndescription: tests an image\nschemaVersion: 1.0\nparameters:\n  - name: pauseBeforeEnd\n    type: boolean\n    default: false\nsteps:\n  - name: Launch\n    action: LaunchInstance\n    onFailure: Abort\n    inputs:\n      waitFor: ssmAgent\n",
      'c.yaml:8:1: this is a workflow document (it has "steps" and no "phases"), not a component document [other-kind-of-file]\n  steps:\n  ^~~~~\n  help: check it with ib workflow validate\n1 error\n',
    ],
    [
      "a Terraform configuration",
      "components.tf",
      'resource "aws_imagebuilder_component" "packages" {\n  name     = "packages"\n  data = yamlencode({\n    schemaVersion = 1.0\n    phases = [{\n      name = "build"\n    }]\n  })\n}\n',
      'components.tf:1:1: this is a Terraform configuration (it has a line with "resource"), not a component document [other-kind-of-file]\n  resource "aws_imagebuilder_component" "packages" {\n  ^~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~\n  help: only Terraform can evaluate it: run terraform plan -out=plan and terraform show -json plan > plan.json, then use plan.json\n1 error\n',
    ],
    [
      "a workflow with faults in its YAML",
      "w.yaml",
      "steps:\n  - name: a\n    name: b\n",
      'w.yaml:1:1: this is a workflow document (it has "steps" and no "phases"), not a component document [other-kind-of-file]\n  steps:\n  ^~~~~\n  help: check it with ib workflow validate\n1 error\n',
    ],
    [
      "a lifecycle policy",
      "p.json",
      '{"name": "x", "policyDetails": [], "phasess": 1}',
      'p.json:1:15: this is a lifecycle policy (it has "policyDetails"), not a component document [other-kind-of-file]\n  {"name": "x", "policyDetails": [], "phasess": 1}\n                ^~~~~~~~~~~~~~~\n  help: preview it with ib lifecycle preview POLICY IMAGES\n1 error\n',
    ],
  ])("%s", async (_what, name, text, expected) => {
    expect(await check(name, text)).toEqual({ shown: expected, names: [] });
  });
});

(hasCorpus ? describe : describe.skip)(`the kinds of the documents of the corpus${whetherSkipped}`, () => {
  test("each workflow is named a workflow", () => {
    const folder = join(CORPUS_FOLDER, "workflows");
    const messages = readdirSync(folder).map((name) =>
      openDocuments(new SourceFile(name, readFileSync(join(folder, name), "utf8")), "all").diagnostics.map(({ message }) => message),
    );
    expect(messages.length).toBeGreaterThan(5);
    for (const found of messages)
      expect(found).toEqual(['this is a workflow document (it has "steps" and no "phases"), not a component document']);
  });

  test("no component is taken for anything else", () => {
    const documents = readCorpus();
    expect(documents.length).toBeGreaterThan(100);
    const others = documents.flatMap(({ path, text }) =>
      openDocuments(new SourceFile(path, text), "file").diagnostics.map(({ message }) => [path.split("__").slice(-2).join("__"), message]),
    );
    // the workflows among the templates
    const workflow = 'this is a workflow document (it has "steps" and no "phases"), not a component document';
    expect(others.sort()).toEqual(
      [
        ["main.tf__build-container.yml", workflow],
        ["base-template__L690.yaml", workflow],
        ["gated-distribution.yml__DistributionWorkflow.yml", workflow],
      ].sort(),
    );
  });
});
