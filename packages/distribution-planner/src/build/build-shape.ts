import { accountId, nonEmpty, region, tagMap } from "../settings/texts.js";
import { boolean, list, object, oneOf, text, textLike, type ValueOf } from "../shapes/shape.js";

const version = textLike("the version of a build: <major>.<minor>.<patch>/<build>, such as 1.0.0/3", /^[0-9]+\.[0-9]+\.[0-9]+\/[0-9]+$/);
const date = textLike(
  "a date: UTC as in 2022-07-28T01:14:17.416Z",
  /^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{3})?Z$/,
);

const ami = object(
  { id: textLike("an AMI ID: ami- and 8 or 17 hexadecimal digits", /^ami-([0-9a-f]{8}|[0-9a-f]{17})$/) },
  {
    name: nonEmpty,
    description: nonEmpty,
    encrypted: boolean,
    kmsKeyId: nonEmpty,
    virtualizationType: oneOf(["hvm", "paravirtual"]),
    snapshots: list(textLike("a snapshot ID: snap- and 8 or 17 hexadecimal digits", /^snap-([0-9a-f]{8}|[0-9a-f]{17})$/)),
    tags: { ...tagMap, least: 0, key: text({ least: 1, most: 128 }) },
  },
);

const digest = textLike("a digest: sha256: and 64 hexadecimal digits", /^sha256:[0-9a-f]{64}$/);
const container = object({ digest, repositoryName: nonEmpty }, { tags: list(nonEmpty) });

/** A finished build: what it made, where, and the facts that decide how it may be distributed. */
export const buildShape = object(
  { name: nonEmpty, version, date, region, accountId },
  {
    arn: nonEmpty,
    platform: oneOf(["Linux", "Windows", "macOS"]),
    ami,
    container,
  },
);

export type Build = ValueOf<typeof buildShape>;
