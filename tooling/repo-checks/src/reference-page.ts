import {
  describeOutput,
  isRunnable,
  PLATFORM_TITLES,
  type AnyActionContract,
  type InputSchema,
  type PropertySchema,
} from "@imagewright/action-contract";
import { OPERATOR_NAMES } from "@imagewright/conditions";

/** What the page calls a module: its name, and the platform where others have one of the same name. */
export function titleOf(action: AnyActionContract, all: readonly AnyActionContract[]): string {
  const isAlone = all.every(({ name }, index) => name !== action.name || all[index] === action);
  return isAlone ? action.name : `${action.name} on ${titles(action)}`;
}

/** The page that lists every action module with its inputs and outputs, from the modules themselves. */
export function referencePage(actions: readonly AnyActionContract[]): string {
  const sorted = actions
    .map((action) => ({ action, title: titleOf(action, actions) }))
    .sort((one, other) => (one.title < other.title ? -1 : 1));
  const head = [
    "# Action modules",
    "",
    "The inputs and outputs of every action module. This page is generated from the code: `UPDATE=1 pnpm --filter @imagewright/repo-checks test`",
    "updates it, and the repository's checks fail if it is out of date. The README of each module has examples and decisions.",
    "",
    "A plan counts the names of a file that it does not list: a change to a file with several names (hard links) appears under each of them.",
    "The effects of changes in file systems of the kernel, such as `/proc`, cannot be predicted.",
    "",
    "| module | what it does | on | prediction of a plan |",
    "|---|---|---|---|",
    ...sorted.map(
      ({ action, title }) =>
        `| [${title}](#${title.toLowerCase().replaceAll(" ", "-")}) | ${cell(action.summary)} | ${titles(action)} | ${isRunnable(action) ? EFFECTS[action.effects] : NOT_RUN} |`,
    ),
  ];
  return [...head, ...sorted.flatMap(sectionOf), ""].join("\n");
}

const EFFECTS = {
  files: "the exact changes",
  document: "the predictions for the steps of the document",
  opaque: "cannot be predicted",
} as const;

const NOT_RUN = "nothing: it is checked, not run yet";

function titles({ platforms }: AnyActionContract): string {
  return platforms.map((platform) => PLATFORM_TITLES[platform]).join(", ");
}

function sectionOf({ action, title }: { readonly action: AnyActionContract; readonly title: string }): string[] {
  const { summary, input, outputs, settings } = action;
  const takes = input.schema.additionalProperties ? CONDITION : inputs(input, settings);
  return [
    "",
    `## ${title}`,
    "",
    ...(isRunnable(action) ? [summary] : [summary, "", "Documents are checked against what follows. This program does not run it yet."]),
    "",
    ...takes,
    ...(Object.keys(outputs).length === 0
      ? ["", "No outputs."]
      : [
          "",
          ...table(
            ["output", "content"],
            Object.entries(outputs).map(([name, output]) => [`\`${name}\``, describeOutput(output)]),
          ),
        ]),
  ];
}

/** Any key is allowed only for the operators of a condition. */
const CONDITION = [
  "`inputs` is a condition: a mapping with one of the operators below and its other keys, as in `if`. The",
  "[README of the conditions](../../packages/conditions/README.md) explains each of them.",
  "",
  OPERATOR_NAMES.map((operator) => `\`${operator}\``).join(", "),
];

function inputs(input: AnyActionContract["input"], settings: AnyActionContract["settings"]): string[] {
  const shape =
    input.shape === "list"
      ? "`inputs` is a list of mappings with these keys; one mapping counts as a list of one."
      : "`inputs` is a mapping with these keys.";
  const fixed = Object.entries(settings ?? {}).map(([field, value]) => `\`${field}\` is always ${value}.`);
  return [
    [shape, ...(input.optional === true ? ["It may be omitted."] : []), ...fixed].join(" "),
    "",
    ...table(["input", "type", "required", "default", "description"], inputRows(input.schema.properties, input.schema.required ?? [], "")),
  ];
}

function inputRows(properties: Readonly<Record<string, PropertySchema>>, required: readonly string[], prefix: string): string[][] {
  return Object.entries(properties).flatMap(([key, schema]) => [
    [`\`${prefix}${key}\``, typeOf(schema), required.includes(key) ? "yes" : "no", defaultOf(schema), schema.description ?? ""],
    ...innerRows(schema, `${prefix}${key}`),
  ]);
}

function innerRows(schema: PropertySchema, path: string): string[][] {
  if (hasProperties(schema)) return inputRows(schema.properties, schema.required ?? [], `${path}.`);
  if (schema.type === "array" && hasProperties(schema.items))
    return inputRows(schema.items.properties, schema.items.required ?? [], `${path}[].`);
  return [];
}

function hasProperties(schema: PropertySchema): schema is InputSchema {
  return "properties" in schema;
}

function typeOf(schema: PropertySchema): string {
  if (Array.isArray(schema.type)) return "string or list of strings";
  if (schema.type === "array") return `list of ${schema.items.type === "object" ? "mappings" : `${String(schema.items.type)}s`}`;
  if (schema.type === "string" && schema.enum !== undefined) return schema.enum.map((value) => `\`${value}\``).join(", ");
  if (schema.type === "integer") {
    const { minimum, maximum } = schema;
    return minimum === undefined && maximum === undefined ? "integer" : `integer, ${minimum ?? ""} to ${maximum ?? "any"}`;
  }
  if (schema.type === "object") return hasProperties(schema) ? "mapping" : "mapping of strings";
  return String(schema.type);
}

function defaultOf(schema: PropertySchema): string {
  return "default" in schema && schema.default !== undefined ? `\`${String(schema.default)}\`` : "";
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  return [`| ${head.join(" | ")} |`, `|${head.map(() => "---|").join("")}`, ...rows.map((row) => `| ${row.map(cell).join(" | ")} |`)];
}

function cell(text: string): string {
  return text.replaceAll("|", "\\|");
}
