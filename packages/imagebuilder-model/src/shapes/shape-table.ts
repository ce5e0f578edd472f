import { FactTable } from "../fact-table.js";
import { shapesText } from "../generated/shapes.js";
import type { Enums, ShapeName } from "../generated/names.js";
import type { Shape, StringShape } from "./shape.js";

export type { ShapeName };

/** The name of a shape that has a fixed set of values. */
export type EnumName = keyof Enums;

/** One of the values of an enum: `EnumValue<"ImageType">` is `"AMI" | "DOCKER"`. */
export type EnumValue<Name extends EnumName> = Enums[Name];

const table = /* @__PURE__ */ new FactTable<ShapeName, Shape>(shapesText);

/** The names of all 489 shapes, sorted. */
export function shapeNames(): readonly ShapeName[] {
  return table.names;
}

/** Whether the model has a shape of this name. */
export function isShapeName(name: string): name is ShapeName {
  return table.has(name);
}

/** The facts about a shape. */
export function shapeOf(name: ShapeName): Shape {
  return table.get(name);
}

/** The values of an enum, in the order of the model. */
export function enumValues<Name extends EnumName>(name: Name): readonly EnumValue<Name>[] {
  return (table.get(name) as StringShape).enum as readonly EnumValue<Name>[];
}
