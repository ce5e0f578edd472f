import { PLATFORM_TITLES, type AnyActionModule, type PropertySchema } from "@imagewright/action-contract";

/** The page that lists every action module with its inputs and outputs, from the modules themselves. */
export function referencePage(modules: readonly AnyActionModule[]): string {
  const sorted = [...modules].sort((one, other) => (one.name < other.name ? -1 : 1));
  const head = [
    "# Action modules",
    "",
    "What every action module takes and gives. This page is made from the code: `UPDATE=1 pnpm --filter @imagewright/repo-checks test` writes it",
    "anew, and the repository's checks fail where it is out of date. The README of each module has examples and decisions.",
    "",
    "| module | what it does | on | what a plan tells |",
    "|---|---|---|---|",
    ...sorted.map(({ name, summary, platforms, effects }) => `| [${name}](#${name.toLowerCase()}) | ${cell(summary)} | ${platforms.map((platform) => PLATFORM_TITLES[platform]).join(", ")} | ${EFFECTS[effects]} |`),
  ];
  return [...head, ...sorted.flatMap(sectionOf), ""].join("\n");
}

const EFFECTS = { files: "the exact changes", document: "what the steps of the document tell", opaque: "that it cannot be told" } as const;

function sectionOf({ name, summary, input, outputs, settings }: AnyActionModule): string[] {
  const shape = input.shape === "list" ? "`inputs` is a list of mappings with these keys; one mapping counts as a list of one." : "`inputs` is a mapping with these keys.";
  const fixed = Object.entries(settings ?? {}).map(([field, value]) => `\`${field}\` is always ${value}.`);
  return [
    "",
    `## ${name}`,
    "",
    summary,
    "",
    [shape, ...(input.optional === true ? ["It may be left out."] : []), ...fixed].join(" "),
    "",
    ...table(["input", "type", "required", "default", "what it is"], inputRows(input.schema.properties, input.schema.required ?? [], "")),
    ...(Object.keys(outputs).length === 0 ? ["", "No outputs."] : ["", ...table(["output", "what it holds"], Object.entries(outputs).map(([output, text]) => [`\`${output}\``, text]))]),
  ];
}

function inputRows(properties: Readonly<Record<string, PropertySchema>>, required: readonly string[], prefix: string): string[][] {
  return Object.entries(properties).flatMap(([key, schema]) => [
    [`\`${prefix}${key}\``, typeOf(schema), required.includes(key) ? "yes" : "no", defaultOf(schema), schema.description ?? ""],
    ...innerRows(schema, `${prefix}${key}`),
  ]);
}

function innerRows(schema: PropertySchema, path: string): string[][] {
  if (schema.type === "object") return inputRows(schema.properties, schema.required ?? [], `${path}.`);
  if (schema.type === "array" && schema.items.type === "object") return inputRows(schema.items.properties, schema.items.required ?? [], `${path}[].`);
  return [];
}

function typeOf(schema: PropertySchema): string {
  if (schema.type === "array") return `list of ${schema.items.type === "object" ? "mappings" : `${schema.items.type}s`}`;
  if (schema.type === "string" && schema.enum !== undefined) return schema.enum.map((value) => `\`${value}\``).join(", ");
  if (schema.type === "integer") {
    const { minimum, maximum } = schema;
    return minimum === undefined && maximum === undefined ? "integer" : `integer, ${minimum ?? ""} to ${maximum ?? "any"}`;
  }
  return schema.type === "object" ? "mapping" : schema.type;
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
