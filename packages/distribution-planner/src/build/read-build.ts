import { quote, type DiagnosticCollector, type SourceFile, type JsonInput } from "@imagewright/diagnostics";
import { readDocument, type Reading } from "../shapes/read-document.js";
import { buildShape, type Build } from "./build-shape.js";

/** Reads the JSON of a finished build: one AMI or one container image, and where it is. */
export function readBuild(source: SourceFile): Reading<Build> {
  return readDocument(source, buildShape, "the build", checkBuild);
}

function checkBuild(build: Build, input: JsonInput, found: DiagnosticCollector): void {
  if ((build.ami === undefined) === (build.container === undefined)) {
    const both = build.ami === undefined ? 'neither "ami" nor "container"' : 'both "ami" and "container"';
    found.error("build-output", input.spanOf([]), `the build has ${both}; allowed: one of them`);
  }
  if (Number.isNaN(Date.parse(build.date))) {
    found.error("wrong-text", input.spanOf(["date"]), `"date" must be a day and time that exist; found ${quote(build.date)}`);
  }
  if (build.ami?.kmsKeyId !== undefined && build.ami.encrypted !== true) {
    found.error(
      "key-without-encryption",
      input.spanOf(["ami", "kmsKeyId"]),
      'the AMI has a KMS key but is not encrypted; allowed: "encrypted": true with a key, or no key',
    );
  }
}
