import { boolean, list, object, oneOf, text, type ValueOf } from "../json/shape.js";
import { accountId, nonEmpty, tagMap } from "../settings/texts.js";

const version = text("the version of a build", "<major>.<minor>.<patch>/<build>, such as 1.0.0/3", { pattern: /^[0-9]+\.[0-9]+\.[0-9]+\/[0-9]+$/ });
const date = text("a date", "UTC as in 2022-07-28T01:14:17.416Z", { pattern: /^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{3})?Z$/ });

const ami = object("the AMI of a build", { id: text("an AMI ID", "ami- and 8 or 17 hexadecimal digits", { pattern: /^ami-([0-9a-f]{8}|[0-9a-f]{17})$/ }) }, {
  name: nonEmpty("a name"),
  description: nonEmpty("a description"),
  encrypted: boolean,
  kmsKeyId: nonEmpty("a KMS key"),
  virtualizationType: oneOf("virtualization type", ["hvm", "paravirtual"]),
  snapshots: list(text("a snapshot ID", "snap- and 8 or 17 hexadecimal digits", { pattern: /^snap-([0-9a-f]{8}|[0-9a-f]{17})$/ })),
  tags: { ...tagMap, min: 0, key: text("a tag key", "1 to 128 characters", { min: 1, max: 128 }) },
});

const container = object(
  "the container image of a build",
  { digest: text("a digest", "sha256: and 64 hexadecimal digits", { pattern: /^sha256:[0-9a-f]{64}$/ }), repositoryName: nonEmpty("a repository") },
  { tags: list(nonEmpty("a container tag")) },
);

/** A finished build: what it made, where, and the facts that decide how it may be distributed. */
export const buildShape = object("a build", { name: nonEmpty("a name"), version, date, region: nonEmpty("a Region"), accountId }, {
  arn: nonEmpty("an ARN"),
  platform: oneOf("platform", ["Linux", "Windows", "macOS"]),
  ami,
  container,
});

export type Build = ValueOf<typeof buildShape>;
