import type { ShapeName } from "../generated/names.js";

/** The facts about one shape of the API's model. Members, items, keys and values are names of other shapes. */
export type Shape = StructureShape | ListShape | MapShape | StringShape | NumberShape | PlainShape;

export interface StructureShape {
  readonly type: "structure";
  /** The shapes of the members by their names, in the order of the model. */
  readonly members: Readonly<Record<string, ShapeName>>;
  readonly required?: readonly string[];
  /** Members that clients set to a new UUID for each call. */
  readonly idempotencyToken?: readonly string[];
  /** Members of a simple type that may be absent, which differs from 0 or false. */
  readonly box?: readonly string[];
  readonly sensitive?: readonly string[];
  readonly deprecated?: readonly string[];
  /** The HTTP status of an error, and who caused it. */
  readonly status?: number;
  readonly fault?: "client" | "server";
}

/** The limits are for the number of items. */
export interface ListShape extends Limits {
  readonly type: "list";
  readonly member: ShapeName;
}

/** The limits are for the number of entries. */
export interface MapShape extends Limits {
  readonly type: "map";
  readonly key: ShapeName;
  readonly value: ShapeName;
}

/** The limits are for the number of characters; the pattern is written for Java (`toJsPattern`). */
export interface StringShape extends Limits {
  readonly type: "string";
  readonly pattern?: string;
  readonly enum?: readonly string[];
}

/** The limits are for the value. */
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
