import { shapeOf, type ShapeName } from "@imagewright/imagebuilder-model";
import fc from "fast-check";
import type { SeededRandom } from "./random.js";

const LONGEST_LIST = 3;
const DEEPEST = 6;

/** What the values are made with. */
export interface Material {
  readonly random: SeededRandom;
  /** Every name begins with it, so that what was stored is found again. */
  readonly prefix: string;
  /** ARNs of things that exist. */
  readonly arns: readonly string[];
}

/** A value that fits a shape of the model. */
export function validValue(name: ShapeName, material: Material, depth = 0): unknown {
  const shape = shapeOf(name);
  const { random } = material;
  switch (shape.type) {
    case "structure": {
      const required = shape.required ?? [];
      const members = Object.entries(shape.members).filter(
        ([member]) => required.includes(member) || (depth < DEEPEST && random.chance(depth === 0 ? 0.5 : 0.3)),
      );
      return Object.fromEntries(members.map(([member, of]) => [member, namedOr(member, of, material, depth)]));
    }
    case "list": {
      const length = random.between(shape.min ?? 0, Math.max(shape.min ?? 0, LONGEST_LIST));
      return Array.from({ length }, () => validValue(shape.member, material, depth + 1));
    }
    case "map": {
      const length = random.between(shape.min ?? 0, LONGEST_LIST);
      const entries = Array.from({ length }, () => [String(validValue(shape.key, material)), validValue(shape.value, material)] as const);
      return Object.fromEntries(entries);
    }
    case "boolean":
      return random.chance(0.5);
    case "timestamp":
      return random.between(1_700_000_000, 2_000_000_000);
    case "string":
      return shape.enum === undefined ? textFor(name, material) : random.of(shape.enum);
    default:
      return random.between(shape.min ?? 0, Math.min(shape.max ?? 100, (shape.min ?? 0) + 100));
  }
}

function namedOr(member: string, of: ShapeName, material: Material, depth: number): unknown {
  if (depth === 0 && member === "name") return `${material.prefix}-${String(material.random.between(0, 99_999))}`;
  if (member === "clientToken") return `${material.prefix}-${String(material.random.between(0, 1e9))}`;
  return validValue(of, material, depth + 1);
}

const samples = new Map<string, readonly string[]>();

function textFor(name: ShapeName, { random, arns }: Material): string {
  const shape = shapeOf(name);
  if (shape.type !== "string") return "";
  if (shape.pattern === undefined)
    return "x".repeat(random.between(shape.min ?? 1, Math.max(shape.min ?? 1, Math.min(shape.max ?? 20, 20))));
  const fits = new RegExp(shape.pattern);
  const real = arns.filter((arn) => fits.test(arn));
  if (real.length > 0 && random.chance(0.7)) return random.of(real);
  const known = samples.get(name) ?? matching(fits, random.seed);
  samples.set(name, known);
  return random.of(known);
}

/** Texts that match; a plain one for the few patterns that look ahead, which cannot be made. */
function matching(pattern: RegExp, seed: number): readonly string[] {
  if (pattern.source.includes("(?=") || pattern.source.includes("(?!")) return ["/aws/imagebuilder/fuzz"];
  return fc.sample(fc.stringMatching(pattern, { size: "small" }), { numRuns: 20, seed });
}
