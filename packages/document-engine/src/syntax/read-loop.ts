import { listOf, quote, type DiagnosticCollector } from "@imagewright/diagnostics";
import { Fields, type MappingNode, type Name, templateHelp } from "@imagewright/yaml-syntax";
import type { Loop } from "./document.js";

const KINDS = ["for", "forEach"];

/** The characters that may separate a delimited list. */
const DELIMITERS = [".", ",", ";", ":", "\n", "\t", " ", "-", "_"];

const LOOP_NAME = /^[0-9a-zA-Z_-]+$/;

/** Reads `loop` of a step: `for` with start, end and updateBy, or `forEach` with a list or a delimited text. */
export function readLoop(node: MappingNode, found: DiagnosticCollector): Loop | undefined {
  const fields = new Fields(node, '"loop"', found).allow(["name", ...KINDS]);
  const name = readName(fields, found);
  const given = KINDS.filter((key) => fields.value(key) !== undefined);
  if (given.length === 0 && KINDS.some((key) => fields.isMisspelled(key))) return undefined;
  if (given.length !== 1) {
    const problem = given.length === 0 ? 'must have "for" or "forEach"' : 'has both "for" and "forEach"; one of them is allowed';
    found.error("missing-key", fields.placeOf(given[1] ?? "loop"), `"loop" ${problem}`);
    return undefined;
  }
  const values = given[0] === "for" ? readRange(fields, found) : readForEach(fields, found);
  const hasUnreadName = name === undefined && (fields.value("name") !== undefined || fields.isMisspelled("name"));
  return values === undefined ? undefined : { name, hasUnreadName, values, node };
}

function readName(fields: Fields, found: DiagnosticCollector): Name | undefined {
  const name = fields.scalar("name");
  if (name === undefined || name.text === "") return undefined;
  if (LOOP_NAME.test(name.text) && name.text !== "loop") return name;
  found.error(
    "name-not-allowed",
    name.span,
    `the loop name ${quote(name.text)} is not allowed; a name has the characters 0-9, a-z, A-Z, "-" and "_", and is not "loop"`,
    templateHelp(name.text),
  );
  return undefined;
}

function readRange(fields: Fields, found: DiagnosticCollector): Loop["values"] | undefined {
  const range = fields.mapping("for");
  if (range === undefined) return undefined;
  range.allow(["start", "end", "updateBy"]);
  const any = { test: () => true, description: "a whole number; references are not allowed here" };
  const [start, end] = [range.requiredInteger("start", any), range.requiredInteger("end", any)];
  const updateBy = range.requiredInteger("updateBy", {
    test: (value) => value !== 0,
    description: "a whole number other than 0; references are not allowed here",
  });
  if (start === undefined || end === undefined || updateBy === undefined) return undefined;
  if (Math.sign(end - start) * updateBy < 0) {
    found.error("endless-loop", range.placeOf("updateBy"), `the loop from ${start} to ${end} would never end with "updateBy" ${updateBy}`, {
      help: `write "updateBy: ${-updateBy}"`,
    });
    return undefined;
  }
  return { kind: "range", start, end, updateBy };
}

function readForEach(fields: Fields, found: DiagnosticCollector): Loop["values"] | undefined {
  const value = fields.value("forEach");
  if (value?.kind !== "mapping") return readList(fields, found);
  const delimited = new Fields(value, '"forEach"', found).allow(["list", "delimiter"]);
  const list = delimited.scalar("list", delimited.required("list"));
  const delimiter = delimited.scalar("delimiter", delimited.given("delimiter"));
  if (delimiter !== undefined && !DELIMITERS.includes(delimiter.text)) {
    const help =
      delimiter.text === "\\n" || delimiter.text === "\\t" ? "write it in double quotes, in which YAML reads \\n and \\t" : undefined;
    found.error(
      "value-not-allowed",
      delimiter.span,
      `"delimiter" must be one character of ${listOf(DELIMITERS)}; found ${quote(delimiter.text)}`,
      {
        ...(help === undefined ? {} : { help }),
      },
    );
    return undefined;
  }
  return list === undefined ? undefined : { kind: "delimited", list, delimiter: delimiter?.text ?? "," };
}

function readList(fields: Fields, found: DiagnosticCollector): Loop["values"] | undefined {
  const value = fields.value("forEach");
  if (value?.kind !== "sequence") {
    if (value !== undefined)
      found.error("wrong-type", value.span, '"forEach" must be a list of strings, or a mapping with "list" and "delimiter"');
    return undefined;
  }
  if (value.items.length === 0) found.error("value-empty", value.span, '"forEach" must not be empty');
  const items = value.items.filter((item) => item.kind === "scalar");
  for (const item of value.items)
    if (item.kind !== "scalar") found.error("wrong-type", item.span, 'each item of "forEach" must be a string');
  return { kind: "list", items };
}
