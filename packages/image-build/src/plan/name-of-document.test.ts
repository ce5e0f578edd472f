import { expect, test } from "@jest/globals";
import { nameOfDocument } from "./name-of-document.js";

const ARN = "arn:aws:imagebuilder:eu-west-1:123456789012";

test.each([
  ["web", "/srv/other.yaml", "web"],
  [undefined, "/srv/other.v2.yaml", "other.v2"],
  [undefined, "s3://bucket/documents/other.yaml", "other"],
  [undefined, `${ARN}:component/web-server/1.0.0/1`, "web-server"],
  [undefined, `${ARN}:workflow/test/look/1.0.0/2`, "look"],
])("a document named %s from %s is called %s", (name, path, expected) => {
  expect(nameOfDocument(name, path)).toBe(expected);
});
