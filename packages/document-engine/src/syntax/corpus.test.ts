import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "@jest/globals";
import { SourceFile } from "@imagewright/diagnostics";
import { parseDocument } from "./read-document.js";

// real documents of other projects, in a folder next to the checkout
const folder = fileURLToPath(new URL("../../../../../shared/reference/corpus/components", import.meta.url));

/** The documents with faults of form, by reason and by the start of their names. Each has been reviewed. */
const AT_FAULT: Readonly<Record<string, readonly string[]>> = {
  "a plain scalar is ended by lines that look like comments": ["EmmanuelTsouris__ec2-image-builder-components__install-vscode.yml"],
  "an extra quote at the end of a line": [
    "aws-samples__amazon-ec2-image-builder-samples__Components__Windows__chef-recipe-execution-windows__component.yml",
  ],
  "inputs are at the wrong depth, and there is no schemaVersion": [
    "aws-samples__amazon-ec2-image-builder-workshop__content__25-building-your-first-pipeline__401-under-the-hood-document.md__L22",
  ],
  "a template that has not been rendered": [
    "aws-samples__deploy-cis-level-1-hardened-ami-with-ec2-image-builder-pipeline__AnsibleConfig__component-nginx.j2",
  ],
  "an excerpt without schemaVersion": [
    "awsdocs__ec2-image-builder-user-guide__doc_source__toe-use-documents.md__L103",
    "awsdocs__ec2-image-builder-user-guide__doc_source__toe-use-documents.md__L125",
    "awsdocs__ec2-image-builder-user-guide__managing-image-builder-console.md__L135",
    "awsdocs__ec2-image-builder-user-guide__managing-image-builder-console.md__L157",
  ],
  "parameters are written as name and type next to each other; two of these also have a heredoc at the first column": [
    ...[
      "falcon-sensor-component-windows",
      "prometheus-exporters-component-windows",
      "terraform-tflint-component-windows",
      "terraform-tflint-component",
    ].map(
      (name) =>
        `chaunceyyann__aws-imagebuilder-image__ecp_image_spec__golden_image_spec__component_specifications__${name}__HIST-83f82026e6b5.yaml`,
    ),
    ...[
      "aws-cli-component-windows",
      "aws-cli-component",
      "cloudwatch-agent-component-windows",
      "cloudwatch-agent-component",
      "falcon-sensor-component-windows",
      "falcon-sensor-component",
      "nodejs-component-windows",
      "nodejs-component",
      "prometheus-exporters-component-windows",
      "prometheus-exporters-component",
      "python-component-windows",
      "python-component",
      "splunk-indexer-component-windows",
      "splunk-indexer-component",
      "systemd-timesyncd-component",
      "terraform-tflint-component-windows",
      "terraform-tflint-component",
    ].map((name) => `chaunceyyann__aws-imagebuilder-image__image_specs__golden_image_spec__component_specifications__${name}.yaml`),
  ],
  "two steps of a phase have the same name": [
    "toadslop__aws_imagebuilder_component__test__reboot.yaml",
    "toadslop__aws_imagebuilder_component__test__set-file-encoding.yaml",
  ],
  "a parameter and a constant have the same name": ["toadslop__aws_imagebuilder_component__test__test.yaml"],
};

const suite = existsSync(folder) ? describe : describe.skip;

suite(`real documents${existsSync(folder) ? "" : " (skipped: there is no corpus next to the checkout)"}`, () => {
  const names = existsSync(folder) ? readdirSync(folder).sort() : [];

  test("are read without faults of form, except for the listed ones", () => {
    const listed = Object.values(AT_FAULT).flat();
    expect(names.length).toBeGreaterThan(200);
    expect(names.filter(hasFormErrors).map((name) => listed.find((start) => name.startsWith(start)) ?? name)).toEqual([...listed].sort());
  });

  test("every reported place is within the document", () => {
    for (const name of names) {
      const source = new SourceFile(name, readFileSync(join(folder, name), "utf8"));
      for (const { span } of parseDocument(source).diagnostics) expect(span.start <= span.end && span.end <= source.text.length).toBe(true);
    }
  });

  function hasFormErrors(name: string): boolean {
    const { diagnostics } = parseDocument(new SourceFile(name, readFileSync(join(folder, name), "utf8")));
    return diagnostics.some(({ severity }) => severity === "error");
  }
});
