import { DiagnosticCollector, quote, SourceFile, unknownName, type Diagnostic } from "@imagewright/diagnostics";
import type { Expression } from "./expression.js";
import { nextMatch } from "./match.js";
import { parseCron } from "./parse-cron.js";
import { parseRate } from "./parse-rate.js";
import { slice, wholeOf, type Piece } from "./piece.js";

export interface ParsedExpression {
  /** Missing if a diagnostic is an error. */
  readonly expression?: Expression;
  readonly diagnostics: readonly Diagnostic[];
}

// NonEmptyString of the API model
const LONGEST = 1024;

/**
 * Reads a schedule expression as the API takes it, `cron(0 10 * * ? *)` or `rate(12 hours)`, or as the console takes it: the six fields of
 * a cron expression alone. All faults are diagnostics with their places; throws nothing. A cron expression that matches no date at all,
 * such as the 31st of February, is valid but gets a warning. Source: guide chapters 42 and 43.
 */
export function parseExpression(text: string | SourceFile): ParsedExpression {
  const source = typeof text === "string" ? new SourceFile("schedule", text) : text;
  const found = new DiagnosticCollector();
  const whole = wholeOf(source);
  const expression = read(whole, found);
  if (found.hasErrors || expression === undefined) return { diagnostics: found.diagnostics };
  if (expression.kind === "cron" && nextMatch(expression, 0) === undefined) {
    found.warning("never-runs", whole.span, `${quote(whole.text)} never runs: it matches no date from 1970 to 2199`);
  }
  return { expression, diagnostics: found.diagnostics };
}

function read(whole: Piece, found: DiagnosticCollector): Expression | undefined {
  if (whole.text.length > LONGEST) {
    found.error("expression-too-long", whole.span, `a schedule expression has at most ${LONGEST} characters; found ${whole.text.length}`);
    return undefined;
  }
  const call = /^([^(]*)\(/.exec(whole.text);
  if (call === null) return readBare(whole, found);
  const name = call[1] ?? "";
  if (name !== "cron" && name !== "rate") {
    found.error(
      "unknown-expression",
      slice(whole, 0, name.length).span,
      unknownName("kind of schedule expression", name, ["cron", "rate"]),
    );
  } else if (!whole.text.endsWith(")")) {
    found.error(
      "unclosed-expression",
      whole.span,
      `a schedule expression that starts with "${name}(" must end with ")"; found ${quote(whole.text)}`,
    );
  } else {
    const body = slice(whole, call[0].length, whole.text.length - 1);
    return name === "cron" ? parseCron(body, found) : parseRate(body, found);
  }
  return undefined;
}

function readBare(whole: Piece, found: DiagnosticCollector): Expression | undefined {
  if (whole.text.includes(")")) {
    const message = `a schedule expression that ends with ")" must start with "cron(" or "rate("; found ${quote(whole.text)}`;
    found.error("unclosed-expression", whole.span, message);
    return undefined;
  }
  // only cron expressions have these characters, or more than four fields
  if (/[*?]/.test(whole.text) || whole.text.trim().split(/\s+/).length > 4) return parseCron(whole, found);
  const rate = `rate(${whole.text.trim()})`;
  found.error(
    "unknown-expression",
    whole.span,
    `a schedule expression must be "cron(…)", "rate(…)" or six cron fields; found ${quote(whole.text)}`,
    parseExpression(rate).expression === undefined ? {} : { help: `write "${rate}"` },
  );
  return undefined;
}
