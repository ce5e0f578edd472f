import { DiagnosticCollector, quote } from "@imagewright/diagnostics";
import { spanOf, textOf, within, type Reading, type Text } from "@imagewright/semver-resolver";

const [LEAST, MOST] = [3, 128];

/**
 * Reads the name of a new resource: 3 to 128 letters, digits, `-` and `_`, and spaces between them. Returns the name, or all faults with
 * their places (codes `name-…`). Source: API model, `ResourceName`.
 */
export function readResourceName(text: Text): Reading<string> {
  const span = spanOf(text, "name");
  const name = textOf(span);
  const found = new DiagnosticCollector();
  const other = /[^-_A-Za-z0-9 ]/u.exec(name);
  if (other !== null) {
    const place = within(span, other.index, other.index + other[0].length);
    found.error("name-character", place, `the name has ${quote(other[0])}; allowed: letters, digits, "-", "_" and spaces between them`);
  }
  const outer = /^ +| +$/.exec(name);
  if (outer !== null) {
    const place = within(span, outer.index, outer.index + outer[0].length);
    found.error("name-space", place, "the name has a space at one of its ends; allowed: spaces between other characters");
  }
  const length = [...name].length;
  if (length < LEAST || length > MOST) found.error("name-length", span, `the name has ${length} characters; allowed: ${LEAST} to ${MOST}`);
  return found.hasErrors ? { value: undefined, diagnostics: found.diagnostics } : { value: name, diagnostics: [] };
}
