import fc from "fast-check";
import { operationNames, operationOf, shapeOf, type OperationName, type ShapeName } from "@imagewright/imagebuilder-model";
import type { UnsignedRequest } from "./sign-request.js";

/** A request as a client without manners may send it, and the operation that it is for. */
export interface HostileRequest {
  readonly operation: OperationName;
  readonly request: UnsignedRequest;
}

const HOSTILE_TEXT = fc.oneof(
  fc.string({ unit: "binary", maxLength: 20 }),
  fc.constantFrom(
    "",
    "\u0000",
    "\ud800",
    "\u202e",
    "𝒳".repeat(50),
    "__proto__",
    "constructor",
    "a".repeat(20_000),
    "../../etc",
    "%00%ff",
    "<&>",
  ),
);
const HOSTILE_VALUE: fc.Arbitrary<unknown> = fc.oneof(
  HOSTILE_TEXT,
  fc.constantFrom(null, true, 0, -1, 1e308, 2 ** 53, [], {}, [[]], [null], { a: {} }, "NaN"),
  fc.double(),
);

/** Values of a shape that mostly fit: at the limits and one beyond, and now and then of another type or with unknown members. */
function arbitraryValue(name: ShapeName, depth: number): fc.Arbitrary<unknown> {
  const shape = shapeOf(name);
  switch (shape.type) {
    case "structure": {
      const members = Object.entries(shape.members).map(([member, of]) => [member, usually(arbitraryValue(of, depth + 1))] as const);
      const whole = fc.record(Object.fromEntries(members), { requiredKeys: [], noNullPrototype: true });
      return fc.oneof({ weight: 9, arbitrary: whole }, fc.tuple(whole, HOSTILE_TEXT, HOSTILE_VALUE).map(withMember));
    }
    case "list":
      return fc.array(usually(arbitraryValue(shape.member, depth + 1)), { maxLength: depth > 2 ? 1 : 3 });
    case "map":
      return fc.dictionary(HOSTILE_TEXT, usually(arbitraryValue(shape.value, depth + 1)), { maxKeys: 3, noNullPrototype: true });
    case "string":
      return stringOf(shape);
    case "boolean":
      return fc.boolean();
    default:
      return "min" in shape || "max" in shape ? fc.constantFrom(...around(shape.min ?? 0), ...around(shape.max ?? 100)) : fc.integer();
  }
}

function stringOf(shape: { readonly min?: number; readonly max?: number; readonly enum?: readonly string[] }): fc.Arbitrary<string> {
  if (shape.enum !== undefined) return fc.constantFrom(...shape.enum, "OTHER");
  const lengths = [...around(shape.min ?? 1), ...around(shape.max ?? 64)].filter((length) => length >= 0 && length <= 17_000);
  return fc.oneof(HOSTILE_TEXT, fc.constantFrom(...lengths.map((length) => "x".repeat(length))));
}

function around(limit: number): number[] {
  return [limit - 1, limit, limit + 1];
}

function usually(arbitrary: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> {
  return fc.oneof({ weight: 19, arbitrary }, HOSTILE_VALUE);
}

function withMember([record, name, value]: [object, string, unknown]): object {
  return Object.fromEntries([...Object.entries(record), [name, value]]);
}

const WRONG_BODY = fc.oneof(
  fc.string({ unit: "binary", maxLength: 40 }),
  fc.json(),
  fc.constantFrom(
    "{",
    "[]",
    "null",
    '{"a":1,"a":2}',
    '{"__proto__":{"a":1}}',
    "[".repeat(50_000),
    `{"a":"${"x".repeat(2_000_000)}"}`,
    "\ufeff{}",
  ),
);
const HEADERS = fc.oneof(
  { weight: 9, arbitrary: fc.constant({ "content-type": "application/json" }) },
  fc.constantFrom({}, { "content-type": "text/xml" }, { "content-type": "\u00e9" }, { "content-encoding": "gzip" }, { accept: "x/y" }),
);

const requests = new Map<OperationName, fc.Arbitrary<HostileRequest>>();

/** Requests for every operation. */
export const HOSTILE_REQUEST: fc.Arbitrary<HostileRequest> = fc.constantFrom(...operationNames()).chain((operation) => {
  let arbitrary = requests.get(operation);
  if (arbitrary === undefined) requests.set(operation, (arbitrary = requestFor(operation)));
  return arbitrary;
});

function requestFor(operation: OperationName): fc.Arbitrary<HostileRequest> {
  const { method, path, input, query = {}, labels = {} } = operationOf(operation);
  const member = fc.record({ input: arbitraryValue(input, 0), wrong: WRONG_BODY, isWrong: fc.nat(19), headers: HEADERS });
  return member.map(({ input: value, wrong, isWrong, headers }) => {
    const members = value as Readonly<Record<string, unknown>>;
    const bound = new Set([...Object.keys(query), ...Object.keys(labels)]);
    const rest = Object.fromEntries(Object.entries(members).filter(([name]) => !bound.has(name)));
    const text = Object.keys(rest).length === 0 ? "" : JSON.stringify(rest);
    const asText = (found: unknown) => (typeof found === "string" ? wellFormed(found) : (JSON.stringify(found) ?? ""));
    const parameters = Object.entries(query)
      .filter(([name]) => Object.hasOwn(members, name))
      .map(([name, parameter]) => [parameter, Array.isArray(members[name]) ? members[name].map(asText) : asText(members[name])] as const);
    const label = (name: string) => encodeURIComponent(wellFormed(asText(members[name] ?? "x").slice(0, 2000))) || "x";
    const request = {
      method,
      path: path.replace(/\{(\w+)\}/g, (_, name: string) => label(name)),
      query: Object.fromEntries(parameters),
      headers,
      body: isWrong === 0 ? wrong : text,
    };
    return { operation, request };
  });
}

/** The text as it is in UTF-8, which has no halves of surrogate pairs. */
function wellFormed(text: string): string {
  return Buffer.from(text, "utf8").toString("utf8");
}
