import { expect, test } from "@jest/globals";
import { formatLocation, SourceFile } from "@imagewright/diagnostics";
import { COMPONENT_DOCUMENTS, WORKFLOW_DOCUMENTS, type DocumentKind } from "./document-kind.js";
import { openDocuments } from "./open-documents.js";

const withLength = (length: number) => "steps: []\n#".padEnd(length, "ä");
const LONG = withLength(16_001);
const HELP = 'store the document in S3, and name it by "uri" instead of "data"';
const tooLong = (place: string, whose: string) =>
  `${place} the document of ${whose} has 16001 characters; at most 16000 are allowed here [document-too-long] (${HELP})`;

/** What is reported of a file, and the number of documents that it has. */
function reported(text: string, wanted: DocumentKind = WORKFLOW_DOCUMENTS): (string | number)[] {
  const { documents, diagnostics } = openDocuments(new SourceFile("f", text), "all", wanted);
  const shown = diagnostics
    .filter(({ severity }) => severity === "error")
    .map(({ span, message, code, help }) => `${formatLocation(span)} ${message} [${code}] (${help ?? ""})`);
  return [...shown, documents.length];
}

const request = (data: string) => JSON.stringify({ name: "flow", semanticVersion: "1.0.0", type: "TEST", data });
const template = (data: object) =>
  JSON.stringify({ Resources: { Flow: { Type: "AWS::ImageBuilder::Workflow", Properties: { Type: "TEST", Data: data } } } });
const plan = (data: string) => {
  const resource = { address: "aws_imagebuilder_workflow.a", type: "aws_imagebuilder_workflow", values: { data } };
  return JSON.stringify({ format_version: "1.2", planned_values: { root_module: { resources: [resource] } } });
};

test.each<[string, string, (string | number)[]]>([
  ["a request", request(LONG), [tooLong("f:1:63", "this workflow"), 1]],
  ["a request at the limit", request(withLength(16_000)), [1]],
  ["characters that UTF-16 writes as two", request("steps: []\n#".padEnd(16_011, "🙂")), [1]],
  ["a template", template({ "Fn::Join": ["", [LONG.slice(0, 9), LONG.slice(9)]] }), [tooLong("f:1:95", '"Flow"'), 1]],
  ["a template that leaves a part open", template({ "Fn::Sub": `${LONG}\${AWS::Region}` }), [1]],
  ["a Terraform plan", plan(LONG), [tooLong("f:1:164", '"aws_imagebuilder_workflow.a"'), 1]],
  ["an answer, which has documents of S3 too", JSON.stringify({ workflow: { arn: "arn", type: "TEST", data: LONG } }), [1]],
  ["a file of its own, which can be stored in S3", LONG, [1]],
])("a workflow document with more than 16000 characters: %s", (_what, text, expected) => expect(reported(text)).toEqual(expected));

test("component documents have another limit, which is not checked", () => {
  const document = JSON.stringify({ name: "c", platform: "Linux", data: LONG.replace("steps", "phases") });
  expect(reported(document, COMPONENT_DOCUMENTS)).toEqual([1]);
});
