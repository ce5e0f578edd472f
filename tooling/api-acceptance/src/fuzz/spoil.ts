import { shapeOf, type ShapeName } from "@imagewright/imagebuilder-model";
import type { SeededRandom } from "./random.js";

type Container = Record<string, unknown> | unknown[];
/** Where a value is: in what, under which key, and of which shape it is to be; undefined below an unknown member. */
type Place = readonly [container: Container, key: string | number, shape: ShapeName | undefined];

const HOSTILE = [
  ...["", " ", "\0", "\u0000name", "\ud800", "\udfff\ud800", "\u202eevil", "💥".repeat(40), "e\u0301", "\ufeff", "\u2028", "ﷺ".repeat(300)],
  ...["../../etc/passwd", "'; drop table resource; --", "${jndi:ldap://x}", "{{ imagebuilder:parentImage }}", "%00", "<script>", "\\u0000"],
  ...["__proto__", "constructor", "toString", "x".repeat(1025), "x".repeat(70_000), "arn:aws:imagebuilder:::component//", "s3://", "null"],
];
const WRONG = [null, true, false, 0, -1, 1.5, 1e308, -1e308, 2 ** 53, 2 ** 31, "", "0", [], [null], {}, { "": "" }, [[]], { __proto: {} }];

/**
 * Spoils an input in a place of its own choice: another type, a limit of the shape that is kept or missed by one, an unknown member,
 * hostile text, deep nesting.
 */
export function spoil(value: Record<string, unknown>, shape: ShapeName, random: SeededRandom, prefix: string): void {
  const places = placesIn(value, shape);
  const [container, key, of] = random.of<Place>(places.length === 0 ? [[value, "unknown", undefined]] : places);
  const holder = container as Record<string | number, unknown>;
  const found = holder[key];
  switch (random.between(0, 6)) {
    case 0:
      holder[key] = structuredClone(random.of(WRONG));
      return;
    case 1:
      // a name keeps its start, by which it is found again should it be stored
      holder[key] = key === "name" && container === value ? `${prefix}${random.of(HOSTILE)}` : random.of(HOSTILE);
      return;
    case 2:
      holder[key] = atLimit(found, of, random);
      return;
    case 3:
      (Array.isArray(container) ? value : holder)[random.of(["unknown", "Name", "__proto__x", "constructor", "💥"])] = structuredClone(
        random.of([...WRONG, "x"]),
      );
      return;
    case 4:
      if (Array.isArray(container)) container.length = 0;
      else Reflect.deleteProperty(holder, key);
      return;
    case 5:
      holder[key] = nested(random.between(2, 500));
      return;
    default:
      holder[key] = Array.from({ length: random.between(2, 60) }, () => structuredClone(found));
  }
}

function placesIn(container: Container, name: ShapeName | undefined): Place[] {
  const keys: (string | number)[] = Array.isArray(container) ? [...container.keys()] : Object.keys(container);
  return keys.flatMap((key) => {
    const inner = (container as Record<string | number, unknown>)[key];
    const of = name === undefined ? undefined : shapeWithin(name, key);
    const below = typeof inner === "object" && inner !== null ? placesIn(inner as Container, of) : [];
    return [[container, key, of] as const, ...below];
  });
}

function shapeWithin(name: ShapeName, key: string | number): ShapeName | undefined {
  const shape = shapeOf(name);
  if (shape.type === "structure") return Object.hasOwn(shape.members, key) ? shape.members[key] : undefined;
  return shape.type === "list" ? shape.member : shape.type === "map" ? shape.value : undefined;
}

/** A value at a limit of its shape, or beyond it by one; without limits, one that some other shape would refuse. */
function atLimit(value: unknown, name: ShapeName | undefined, random: SeededRandom): unknown {
  const limits = limitsOf(name);
  if (typeof value === "number") return random.of(limits.length > 0 ? limits : [0, -1, 26, 101, 1025, 1_073_741_824]);
  const sizes = limits.filter((size) => size >= 0);
  if (typeof value === "string") {
    const length = random.of(sizes.length > 0 ? sizes : [0, 2, 65, 129, 257, 1025, 2049, 16_001, 30_001]);
    return value.slice(0, length).padEnd(length, "y");
  }
  if (Array.isArray(value)) {
    const length = random.of(sizes.length > 0 ? sizes : [0, 11, 26, 51, 101]);
    return Array.from({ length }, (_, index) => structuredClone((value as unknown[])[index % Math.max(1, value.length)] ?? "x"));
  }
  return {};
}

/** The limits of a shape, and the numbers beside them that it refuses. */
function limitsOf(name: ShapeName | undefined): number[] {
  const shape = name === undefined ? undefined : shapeOf(name);
  const { min, max }: { min?: number; max?: number } = shape !== undefined && ("min" in shape || "max" in shape) ? shape : {};
  return [...(min === undefined ? [] : [min - 1, min]), ...(max === undefined ? [] : [max, max + 1])];
}

function nested(depth: number): unknown {
  let value: unknown = "x";
  for (let level = 0; level < depth; level += 1) value = level % 2 === 0 ? { x: value } : [value];
  return value;
}
