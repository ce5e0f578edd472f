import { schemaOf } from "@imagewright/imagebuilder-model";
import type { JsonSchema } from "@imagewright/yaml-syntax";
import { REGION } from "../settings/settings-schema.js";

/** A finished build: its output, where that is, and what decides how it may be distributed. */
export interface Build {
  readonly name: string;
  /** `1.0.0/3`. */
  readonly version: string;
  /** The end of the build: ISO 8601, UTC. */
  readonly date: string;
  readonly region: string;
  readonly accountId: string;
  readonly arn?: string;
  readonly platform?: "Linux" | "Windows" | "macOS";
  readonly ami?: {
    readonly id: string;
    readonly name?: string;
    readonly description?: string;
    readonly encrypted?: boolean;
    readonly kmsKeyId?: string;
    readonly virtualizationType?: "hvm" | "paravirtual";
    readonly snapshots?: readonly string[];
    readonly tags?: Readonly<Record<string, string>>;
  };
  readonly container?: { readonly digest: string; readonly repositoryName: string; readonly tags?: readonly string[] };
}

/** The AMI of a build. */
export type BuiltAmi = NonNullable<Build["ami"]>;
export type AmiBuild = Build & { readonly ami: BuiltAmi };
export type ContainerBuild = Build & { readonly container: NonNullable<Build["container"]> };

let schema: JsonSchema | undefined;

/** The schema of a build; the same object for each call. */
export function buildSchema(): JsonSchema {
  return (schema ??= createSchema());
}

function createSchema(): JsonSchema {
  const text: JsonSchema = { type: "string", minLength: 1, maxLength: 1024 };
  const tags: JsonSchema = {
    type: "object",
    propertyNames: { type: "string", minLength: 1, maxLength: 128 },
    additionalProperties: { type: "string", maxLength: 256 },
    maxProperties: 50,
  };
  const ami = {
    id: textLike("an AMI ID: ami- and 8 or 17 hexadecimal digits", "^ami-([0-9a-f]{8}|[0-9a-f]{17})$"),
    ...{ name: text, description: text, encrypted: { type: "boolean" }, kmsKeyId: text },
    virtualizationType: { type: "string", enum: ["hvm", "paravirtual"] },
    snapshots: listOf(textLike("a snapshot ID: snap- and 8 or 17 hexadecimal digits", "^snap-([0-9a-f]{8}|[0-9a-f]{17})$")),
    tags,
  };
  const digest = textLike("a digest: sha256: and 64 hexadecimal digits", "^sha256:[0-9a-f]{64}$");
  return object(
    {
      name: text,
      version: textLike("the version of a build: <major>.<minor>.<patch>/<build>, such as 1.0.0/3", "^[0-9]+\\.[0-9]+\\.[0-9]+/[0-9]+$"),
      date: textLike(
        "a date: UTC as in 2022-07-28T01:14:17.416Z",
        "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]{3})?Z$",
      ),
      region: REGION,
      accountId: schemaOf("AccountId"),
      arn: text,
      platform: { type: "string", enum: ["Linux", "Windows", "macOS"] },
      ami: object(ami, ["id"]),
      container: object({ digest, repositoryName: text, tags: listOf(text) }, ["digest", "repositoryName"]),
    },
    ["name", "version", "date", "region", "accountId"],
  );
}

function textLike(patternDescription: string, pattern: string): JsonSchema {
  return { type: "string", pattern, patternDescription };
}

function listOf(items: JsonSchema): JsonSchema {
  return { type: "array", items };
}

function object(properties: Readonly<Record<string, JsonSchema>>, required: readonly string[]): JsonSchema {
  return { type: "object", properties, required, additionalProperties: false };
}
