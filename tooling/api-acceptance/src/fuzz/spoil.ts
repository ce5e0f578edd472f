import type { SeededRandom } from "./random.js";

type Container = Record<string, unknown> | unknown[];

const HOSTILE = [
  ...["", " ", "\0", "\u0000name", "\ud800", "\udfff\ud800", "\u202eevil", "💥".repeat(40), "e\u0301", "\ufeff", "\u2028", "ﷺ".repeat(300)],
  ...["../../etc/passwd", "'; drop table resource; --", "${jndi:ldap://x}", "{{ imagebuilder:parentImage }}", "%00", "<script>", "\\u0000"],
  ...["__proto__", "constructor", "toString", "x".repeat(1025), "x".repeat(70_000), "arn:aws:imagebuilder:::component//", "s3://", "null"],
];
const WRONG = [null, true, false, 0, -1, 1.5, 1e308, -1e308, 2 ** 53, 2 ** 31, "", "0", [], [null], {}, { "": "" }, [[]], { __proto: {} }];

/** Spoils a value in a place of its own choice: another type, a limit missed by one, an unknown member, hostile text, deep nesting. */
export function spoil(value: Record<string, unknown>, random: SeededRandom, prefix: string): void {
  const places = placesIn(value);
  const [container, key] = random.of(places.length === 0 ? [[value, "unknown"] as const] : places);
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
      holder[key] = offByOne(found, random);
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

function placesIn(container: Container): (readonly [Container, string | number])[] {
  const keys: (string | number)[] = Array.isArray(container) ? [...container.keys()] : Object.keys(container);
  return keys.flatMap((key) => {
    const inner = (container as Record<string | number, unknown>)[key];
    const below = typeof inner === "object" && inner !== null ? placesIn(inner as Container) : [];
    return [[container, key] as const, ...below];
  });
}

/** Just beyond the limits that shapes have: 1, 3, 36, 64, 128, 1,024 and 16,000 characters, 1, 10 and 50 items, 1, 25 and 1,073,741,823. */
function offByOne(value: unknown, random: SeededRandom): unknown {
  if (typeof value === "number") return random.of([0, -1, 26, 101, 1025, 1_073_741_824]);
  if (typeof value === "string")
    return random.of([0, 2, 65, 129, 257, 1025, 2049, 16_001]) === 0
      ? ""
      : "y".repeat(random.of([2, 65, 129, 257, 1025, 2049, 16_001, 30_001]));
  if (Array.isArray(value))
    return random.chance(0.5) ? [] : Array.from({ length: random.of([11, 26, 51, 101]) }, () => (value as unknown[])[0] ?? "x");
  return {};
}

function nested(depth: number): unknown {
  let value: unknown = "x";
  for (let level = 0; level < depth; level += 1) value = level % 2 === 0 ? { x: value } : [value];
  return value;
}
