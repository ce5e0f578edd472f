import type { ShapeName } from "../generated/names.js";

/** What the API's model says of one shape. A member, an item, a key or a value is the name of another shape. */
export type Shape = StructureShape | ListShape | MapShape | StringShape | NumberShape | PlainShape;

export interface StructureShape {
  readonly type: "structure";
  /** The shapes of the members by their names, in the order of the model. */
  readonly members: Readonly<Record<string, ShapeName>>;
  readonly required?: readonly string[];
  /** Members that a client fills in by itself, with a new UUID for each call. */
  readonly idempotencyToken?: readonly string[];
  /** Members of a simple type that can be absent, which is another thing than 0 or false. */
  readonly box?: readonly string[];
  readonly sensitive?: readonly string[];
  readonly deprecated?: readonly string[];
  /** The HTTP status of an error and whose fault it is. */
  readonly status?: number;
  readonly fault?: "client" | "server";
}

/** The limits are numbers of items. */
export interface ListShape extends Limits {
  readonly type: "list";
  readonly member: ShapeName;
}

/** The limits are numbers of entries. */
export interface MapShape extends Limits {
  readonly type: "map";
  readonly key: ShapeName;
  readonly value: ShapeName;
}

/** The limits are numbers of characters; the pattern is written for Java (`toJsPattern`). */
export interface StringShape extends Limits {
  readonly type: "string";
  readonly pattern?: string;
  readonly enum?: readonly string[];
}

/** The limits are values. */
export interface NumberShape extends Limits {
  readonly type: "integer" | "long" | "double";
}

/** A timestamp is a number of seconds since 1970 on the wire. */
export interface PlainShape {
  readonly type: "boolean" | "timestamp";
}

interface Limits {
  readonly min?: number;
  readonly max?: number;
}
