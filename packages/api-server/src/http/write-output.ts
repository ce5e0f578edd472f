import { shapeOf, type Operation, type ShapeName } from "@imagewright/imagebuilder-model";

/**
 * The JSON of an output, as restJson1 demands: members of the model and no others, timestamps as seconds since 1970. If the response has a
 * `requestId` and the operation set none, it is that of the HTTP request. Throws a TypeError for a value that its shape does not allow.
 */
export function writeOutput({ output }: Operation, value: object, requestId: string): string {
  const shape = shapeOf(output);
  const hasId = shape.type === "structure" && Object.hasOwn(shape.members, "requestId");
  return JSON.stringify(wireValue(output, hasId ? { requestId, ...recordOf(output, value) } : value));
}

function wireValue(name: ShapeName, value: unknown): unknown {
  const shape = shapeOf(name);
  switch (shape.type) {
    case "structure": {
      const members = recordOf(name, value);
      const present = Object.entries(shape.members).filter(([member]) => members[member] !== undefined && members[member] !== null);
      return Object.fromEntries(present.map(([member, memberShape]) => [member, wireValue(memberShape, members[member])]));
    }
    case "list":
      if (!Array.isArray(value)) throw misfit(name, "a list", value);
      return value.map((item) => wireValue(shape.member, item));
    case "map":
      return Object.fromEntries(Object.entries(recordOf(name, value)).map(([key, item]) => [key, wireValue(shape.value, item)]));
    case "timestamp":
      return secondsOf(name, value);
    case "double":
    case "integer":
    case "long":
      if (typeof value !== "number") throw misfit(name, "a number", value);
      return Number.isFinite(value) ? value : String(value);
    case "boolean":
    case "string":
      if (typeof value !== shape.type) throw misfit(name, `a ${shape.type}`, value);
      return value;
  }
}

function recordOf(name: ShapeName, value: unknown): Readonly<Record<string, unknown>> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw misfit(name, "an object", value);
  return value as Readonly<Record<string, unknown>>;
}

function secondsOf(name: ShapeName, value: unknown): number {
  const seconds = value instanceof Date ? value.getTime() / 1000 : value;
  if (typeof seconds !== "number" || !Number.isFinite(seconds)) throw misfit(name, "a date", value);
  return seconds;
}

function misfit(name: ShapeName, expected: string, value: unknown): TypeError {
  const found = value === null ? "null" : Array.isArray(value) ? "a list" : `a value of the type ${typeof value}`;
  return new TypeError(`the output has ${found} where the shape ${name} has ${expected}`);
}
