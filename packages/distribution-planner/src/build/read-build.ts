import { quote, type DiagnosticCollector, type SourceFile } from "@imagewright/diagnostics";
import { readDocument, type Reading } from "../json/read-document.js";
import type { JsonDocument } from "../json/json-document.js";
import { buildShape, type Build } from "./build-shape.js";

/** Reads the JSON of a finished build: one AMI or one container image, and where it is. */
export function readBuild(source: SourceFile): Reading<Build> {
  return readDocument(source, buildShape, "build", checkBuild);
}

function checkBuild(build: Build, document: JsonDocument, found: DiagnosticCollector): void {
  if ((build.ami === undefined) === (build.container === undefined)) {
    const both = build.ami === undefined ? 'neither "ami" nor "container"' : 'both "ami" and "container"';
    found.error("build-output", document.span([]), `the build has ${both}; allowed: one of them`);
  }
  if (Number.isNaN(Date.parse(build.date))) {
    found.error("wrong-text", document.span(["date"]), `${quote(build.date)} is not a date; allowed: days and times that exist`);
  }
  if (build.ami?.kmsKeyId !== undefined && build.ami.encrypted !== true) {
    found.error("key-without-encryption", document.span(["ami", "kmsKeyId"]), 'the AMI has a KMS key but is not encrypted; allowed: "encrypted": true with a key, or no key');
  }
}
