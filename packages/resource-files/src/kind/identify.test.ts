import { describe, expect, test } from "@jest/globals";
import { formatLocation, SourceFile } from "@imagewright/diagnostics";
import { parseYaml } from "@imagewright/yaml-syntax";
import { KIND_TEXTS } from "./file-kind.js";
import { identify } from "./identify.js";

function kindOf(text: string, name = "f"): string {
  const source = new SourceFile(name, text);
  const found = identify(source, parseYaml(source));
  return found === undefined ? "nothing" : `${formatLocation(found.span)} ${found.kind}: ${found.sign}`;
}

describe("files by what stands in them", () => {
  test.each([
    ["schemaVersion: 1.0\nphases: []", 'f:2:1 component-document: it has "phases"'],
    ["name: x\nphases: [{name: build, steps: []}]\nsteps: []", 'f:2:1 component-document: it has "phases"'],
    ["name: x\nsteps:\n  - name: a", 'f:2:1 workflow-document: it has "steps" and no "phases"'],
    ["name: x\nphases:\nsteps:\n  - name: a", "nothing"],
    ["schemaVersion: '2.2'\nmainSteps: [{action: aws:runShellScript}]", 'f:1:1 ssm-document: it has "mainSteps" and "schemaVersion"'],
    ['{"name": "a", "policyDetails": []}', 'f:1:15 lifecycle-policy: it has "policyDetails"'],
    ['{"requestId": "1", "lifecyclePolicy": {"name": "a"}}', 'f:1:20 lifecycle-policy: it has "lifecyclePolicy"'],
    ['{"distributions": [{"region": "x"}]}', 'f:1:2 distribution-configuration: it has "distributions"'],
    ['{"distributionConfiguration": {}}', 'f:1:2 distribution-configuration: it has "distributionConfiguration"'],
    ['{"image": {"arn": "a"}, "requestId": "1", "latestVersionReferences": {}}', 'f:1:2 image-list: it has "image"'],
    ['{"imageSummaryList": []}', 'f:1:2 image-list: it has "imageSummaryList"'],
    ['[{"arn": "arn:aws:imagebuilder:us-east-1:1:image/x/1.0.0/1"}]', "f:1:3 image-list: its items have ARNs of images"],
    ['{"containerRecipe": {}, "other": 1}', "nothing"],
    ["parentImage: x\ncomponents: [{document: a}]", 'f:1:1 container-recipe: it has "components" and "parentImage"'],
    ["parentImage: x\ncomponents: [{componentArn: a}]", 'f:2:1 image-recipe: it has "components"'],
    ["parentImage: x\ncomponents: [{componentArn: a.yaml}]", 'f:1:1 container-recipe: it has "components" and "parentImage"'],
    ["parentImage: x\nworkflows: []\ncomponents: [{componentArn: a}]", 'f:3:1 container-recipe: it has "components" and "workflows"'],
    [
      "parentImage: x\ncontainerType: DOCKER\ncomponents: [{componentArn: a}]",
      'f:3:1 container-recipe: it has "components" and "containerType"',
    ],
    [
      "parentImage: x\ncomponents: [{componentArn: a}]\nblockDeviceMappings: [{}]",
      'f:1:1 image-recipe: it has "blockDeviceMappings", "components" and "parentImage"',
    ],
    [
      "name: x\nimageRecipeArn: a\ninfrastructureConfigurationArn: b",
      'f:3:1 image-pipeline: it has "imageRecipeArn" and "infrastructureConfigurationArn"',
    ],
    ["name: x\ninstanceProfileName: y", 'f:2:1 infrastructure-configuration: it has "instanceProfileName"'],
    ["name: x\nplatform: Linux\ndata: |\n  phases: []", 'f:2:1 component: it has "data" and "platform"'],
    ["name: x\ntype: TEST\ndata: |\n  steps: []", 'f:2:1 workflow: it has "data" and "type"'],
    ['{"region": "a", "accountId": "1", "date": "d"}', 'f:1:2 finished-build: it has "accountId", "date" and "region"'],
    ["Resources:\n  A: {Type: AWS::S3::Bucket}", 'f:1:1 cloudformation-template: it has "Resources"'],
    ["AWSTemplateFormatVersion: 2010-09-09\nResources: {}", 'f:1:1 cloudformation-template: it has "AWSTemplateFormatVersion"'],
    ["Resources: [a]", "nothing"],
    ['{"format_version": "1.2", "planned_values": {"a": 1}}', 'f:1:2 terraform-plan: it has "format_version" and "planned_values"'],
    ['{"format_version": "1.0", "values": {"a": 1}}', 'f:1:2 terraform-plan: it has "format_version" and "values"'],
    ['{"resource": {"aws_imagebuilder_component": {"a": {}}}}', 'f:1:2 terraform-configuration: it has "resource"'],
    ['{"builders": [{"type": "docker"}]}', 'f:1:2 packer-template: it has "builders"'],
    ["- hosts: all\n  tasks: []", 'f:1:3 ansible-playbook: its items have "hosts"'],
    ["on: push\njobs: {a: {steps: []}}", 'f:2:1 github-workflow: it has "jobs" and "on"'],
    ["just text", "nothing"],
    ["", "nothing"],
    ["name: x", "nothing"],
    ["# about\n\nFROM debian:12\nRUN apt-get update && \\\n  true\n", 'f:3:1 dockerfile: it has a line with "FROM"'],
    ['locals {\n  a = "x"\n}\n', 'f:1:1 terraform-configuration: it has a line with "locals"'],
    ['\nmodule "image" {\n  source = "./x"\n}\n', 'f:2:1 terraform-configuration: it has a line with "module"'],
    ['source "amazon-ebs" "x" {\n  region = "y"\n}\n', 'f:1:1 packer-template: it has a line with "source"'],
  ])("%j", (text, expected) => {
    expect(kindOf(text)).toBe(expected);
  });

  test.each([
    ["main.tf", "terraform-configuration"],
    ["image.pkr.hcl", "packer-template"],
    ["build/Dockerfile", "dockerfile"],
  ])("an empty %s by its name", (name, kind) => {
    expect(kindOf("", name)).toContain(`${kind}: its name ends in `);
  });

  test("a component document whatever its file is called", () => {
    expect(kindOf("phases: []", "x.tf")).toBe('x.tf:1:1 component-document: it has "phases"');
  });

  test("of each kind there is something to say", () => {
    for (const { name, help } of Object.values(KIND_TEXTS)) expect(`${name} ${help}`).toMatch(/^[a-z]+ \S.*[^.]$/);
  });
});
