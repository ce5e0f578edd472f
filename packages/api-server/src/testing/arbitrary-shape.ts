import fc from "fast-check";
import { shapeOf, type ShapeName } from "@imagewright/imagebuilder-model";
import { sdkHasMember } from "./sdk-members.js";

const INSTANT = fc.integer({ min: 0, max: 4_000_000_000_000 }).map((milliseconds) => new Date(milliseconds));
// the SDK puts the keys of maps into plain objects
const KEY_OF_MAP = fc.string({ unit: "grapheme", minLength: 1, maxLength: 12 }).filter((key) => key !== "__proto__");

/** Values of a shape as the SDK sends and receives them: any members that the SDK knows, the required ones always; timestamps are dates. */
export function arbitraryShape(name: ShapeName, depth = 0): fc.Arbitrary<unknown> {
  const shape = shapeOf(name);
  switch (shape.type) {
    case "structure": {
      const members = Object.entries(shape.members).filter(([member]) => sdkHasMember(name, member));
      const requiredKeys = (shape.required ?? []).filter((member) => sdkHasMember(name, member));
      const model = Object.fromEntries(members.map(([member, of]) => [member, arbitraryShape(of, depth + 1)]));
      return fc.record(model, { requiredKeys, noNullPrototype: true });
    }
    case "list":
      return fc.array(arbitraryShape(shape.member, depth + 1), { maxLength: depth > 3 ? 1 : 3 });
    case "map":
      return fc.dictionary(KEY_OF_MAP, arbitraryShape(shape.value, depth + 1), { maxKeys: 3, noNullPrototype: true });
    case "string":
      return shape.enum === undefined ? fc.string({ unit: "grapheme", minLength: 1, maxLength: 12 }) : fc.constantFrom(...shape.enum);
    case "boolean":
      return fc.boolean();
    case "timestamp":
      return INSTANT;
    case "integer":
    case "long":
      return fc.integer();
    case "double":
      // JSON has one zero
      return fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0);
  }
}
