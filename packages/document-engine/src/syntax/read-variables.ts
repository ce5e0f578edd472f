import { quote, type DiagnosticCollector } from "@imagewright/diagnostics";
import { describeNode, Fields, isNull, type MappingNode, type Name, type ScalarNode, templateHelp } from "@imagewright/yaml-syntax";
import type { ConstantDefinition, ParameterDefinition } from "./document.js";

const VARIABLE_NAME = /^[a-zA-Z0-9_-]{3,128}$/;

/** One entry of `constants`. */
export function readConstant(entry: MappingNode, found: DiagnosticCollector): ConstantDefinition | undefined {
  const definition = readDefinition("constant", entry, found);
  if (definition === undefined) return undefined;
  const { name, fields } = definition;
  fields.allow(["type", "value"]);
  if (fields.node.entries.length === 0) {
    found.error("missing-key", name.span, `constant ${quote(name.text)} must have "type" and "value"`);
    return undefined;
  }
  checkType(fields, found);
  const value = fields.scalar("value", fields.required("value"));
  return value === undefined ? undefined : { name, value };
}

/** One entry of `parameters`. Other tools use keys that the guide does not have, so these are only warnings. */
export function readParameter(entry: MappingNode, found: DiagnosticCollector): ParameterDefinition | undefined {
  const definition = readDefinition("parameter", entry, found);
  if (definition === undefined) return undefined;
  const { name, fields } = definition;
  fields.allow(["type", "default", "description", "allowedValues"], { severity: "warning", needed: ["type", "default"] });
  checkType(fields, found);
  const allowedValues = readAllowedValues(fields, found);
  const fallback = fields.scalar("default");
  if (fallback !== undefined && allowedValues?.includes(fallback.text) === false) {
    found.error(
      "value-not-allowed",
      fallback.span,
      `the default ${quote(fallback.text)} of parameter ${quote(name.text)} is not one of its allowedValues`,
    );
  }
  const hasUnreadDefault = fallback === undefined && (fields.value("default") !== undefined || fields.isMisspelled("default"));
  return { name, default: fallback, hasUnreadDefault, description: fields.text("description"), allowedValues };
}

/** The attributes are nested below the name, or next to it at the name's own depth; both are in use. */
function readDefinition(what: string, entry: MappingNode, found: DiagnosticCollector): { name: Name; fields: Fields } | undefined {
  const [first, ...beside] = entry.entries;
  if (first === undefined) {
    found.error("missing-key", entry.span, `a ${what} must have a name`, {
      help: 'write "- NAME:" and below it, indented, "type: string"',
    });
    return undefined;
  }
  const name = first.key;
  const label = `${what} ${quote(name.text)}`;
  if (!VARIABLE_NAME.test(name.text)) {
    found.error(
      "name-not-allowed",
      name.span,
      `the ${what} name ${quote(name.text)} is not allowed; a name has 3 to 128 of the characters a-z, A-Z, 0-9, "-" and "_"`,
      templateHelp(name.text),
    );
  }
  if (isNull(first.value)) return { name, fields: new Fields({ ...entry, entries: beside, span: name.span }, label, found) };
  if (first.value.kind !== "mapping") {
    found.error("wrong-type", first.value.span, `${label} must be a mapping with "type"; found ${describeNode(first.value)}`, {
      help: `write "- ${name.text === "name" && first.value.kind === "scalar" ? first.value.text : name.text}:" and below it, indented, "type: string"`,
    });
    return undefined;
  }
  for (const { key } of beside)
    found.error("unknown-key", key.span, `${label}: ${quote(key.text)} must be indented below the name, not next to it`);
  return { name, fields: new Fields(first.value, label, found) };
}

function checkType(fields: Fields, found: DiagnosticCollector): void {
  const type = fields.scalar("type", fields.required("type"), '"string"');
  if (type !== undefined && type.text !== "string")
    found.error("value-not-allowed", type.span, `"type" must be "string"; found ${quote(type.text)}`);
}

function readAllowedValues(fields: Fields, found: DiagnosticCollector): string[] | undefined {
  const node = fields.value("allowedValues");
  if (node === undefined) return undefined;
  if (node.kind === "sequence") {
    const values = node.items.filter((item): item is ScalarNode => item.kind === "scalar");
    if (values.length === node.items.length) return values.map((item) => item.text);
  }
  found.error("wrong-type", node.span, '"allowedValues" must be a list of strings');
  return undefined;
}
