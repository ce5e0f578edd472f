import { quote } from "@imagewright/diagnostics";
import { readResource } from "@imagewright/resource-files";
import type { CheckedData, DataReport, DataSource } from "@imagewright/yaml-syntax";
import { buildSchema, type Build } from "./build-schema.js";

/** Reads a finished build: one AMI or one container image, and where it is. */
export function readBuild(source: DataSource): CheckedData<Build> {
  return readResource<Build>(source, "finished-build", { what: "the build", name: "build", schema: buildSchema(), rules: checkBuild });
}

function checkBuild({ ami, container, date }: Build, report: DataReport): void {
  if ((ami === undefined) === (container === undefined)) {
    const both = ami === undefined ? 'neither "ami" nor "container"' : 'both "ami" and "container"';
    report.error("build-output", [], `the build has ${both}; allowed: one of them`);
  }
  if (Number.isNaN(Date.parse(date)))
    report.error("value-not-allowed", ["date"], `"date" must be a day and time that exist; found ${quote(date)}`);
  if (ami?.kmsKeyId !== undefined && ami.encrypted !== true) {
    const message = 'the AMI has a KMS key but is not encrypted; allowed: "encrypted": true with a key, or no key';
    report.error("key-without-encryption", ["ami", "kmsKeyId"], message);
  }
}
