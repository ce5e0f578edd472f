import { quote, unknownName, type DiagnosticCollector } from "@imagewright/diagnostics";
import type { RateExpression, RateUnit } from "./expression.js";
import { split, type Piece } from "./piece.js";

const UNITS: Readonly<Record<RateUnit, number>> = { minute: 60_000, hour: 3_600_000, day: 86_400_000 };
const SINGULAR = ["minute", "hour", "day"] as const;
const LARGEST = 2 ** 31 - 1;

/**
 * Reads `5 minutes`, given without `rate(…)` around it. Faults go to `found`; after one, the result is undefined. Source: guide chapter 43.
 */
export function parseRate(body: Piece, found: DiagnosticCollector): RateExpression | undefined {
  const [amount, unit, ...rest] = split(body, /\s+/);
  if (amount === undefined || unit === undefined || rest.length > 0 || amount.text === "" || unit.text === "") {
    found.error("invalid-rate", body.span, `a rate has two fields, a value and a unit, such as "5 minutes"; found ${quote(body.text)}`);
    return undefined;
  }
  const value = readValue(amount, found);
  const singular = readUnit(unit, found);
  if (value === undefined || singular === undefined) return undefined;
  const right = value === 1 ? singular : `${singular}s`;
  if (unit.text !== right) {
    const help = `write "rate(${value} ${right})"`;
    found.error("wrong-plural", unit.span, `a value of ${value} takes the unit ${quote(right)}; found ${quote(unit.text)}`, { help });
    return undefined;
  }
  return { kind: "rate", text: `rate(${body.text})`, value, unit: singular, interval: value * UNITS[singular] };
}

function readValue({ text, span }: Piece, found: DiagnosticCollector): number | undefined {
  const value = /^\d+$/.test(text) ? Number(text) : 0;
  if (value >= 1 && value <= LARGEST) return value;
  found.error("invalid-rate-value", span, `the value of a rate must be a whole number from 1 to ${LARGEST}; found ${quote(text)}`);
  return undefined;
}

function readUnit({ text, span }: Piece, found: DiagnosticCollector): RateUnit | undefined {
  const unit = SINGULAR.find((name) => text === name || text === `${name}s`);
  if (unit !== undefined) return unit;
  const names = SINGULAR.flatMap((name) => [name, `${name}s`]);
  if (/^(milli|micro|nano)?seconds?$/i.test(text)) {
    found.error(
      "faster-than-one-minute",
      span,
      `a rate in ${quote(text)} could be faster than one minute, which is not supported; the shortest is "1 minute"`,
    );
  } else found.error("unknown-unit", span, unknownName("unit", text, names));
  return undefined;
}
