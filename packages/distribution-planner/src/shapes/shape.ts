import type { Limits } from "@imagewright/diagnostics";

/** What a value in JSON may look like. Shapes are data: the reader checks by them, and types come from them. */
export type Shape = StringShape | IntegerShape | BooleanShape | EnumShape | ListShape | MapShape | ObjectShape;

/** The limits are numbers of characters. */
export interface StringShape extends Limits {
  readonly type: "string";
  readonly form?: Form;
}

export interface Form {
  readonly pattern: RegExp;
  /** With its article and what is allowed, as messages have it: "an account ID: 12 digits". */
  readonly what: string;
}

export interface IntegerShape extends Limits {
  readonly type: "integer";
  readonly least: number;
}

export interface BooleanShape {
  readonly type: "boolean";
}

export interface EnumShape<Value extends string = string> {
  readonly type: "enum";
  readonly values: readonly Value[];
}

/** The limits are numbers of items. */
export interface ListShape<Item = unknown> extends Limits {
  readonly type: "list";
  readonly of: Item;
}

/** An object whose names are free. The limits are numbers of members. */
export interface MapShape extends Limits {
  readonly type: "map";
  readonly key: StringShape;
  readonly value: StringShape;
}

export interface ObjectShape<Required = unknown, Optional = unknown> {
  readonly type: "object";
  readonly required: Required;
  readonly optional: Optional;
  /** All members by name. */
  readonly members: ReadonlyMap<string, Shape>;
}

/** The type of the values that a shape lets through. */
export type ValueOf<S> = S extends StringShape
  ? string
  : S extends IntegerShape
    ? number
    : S extends BooleanShape
      ? boolean
      : S extends EnumShape<infer Value>
        ? Value
        : S extends ListShape<infer Item>
          ? readonly ValueOf<Item>[]
          : S extends MapShape
            ? Readonly<Record<string, string>>
            : S extends ObjectShape<infer Required, infer Optional>
              ? { readonly [Name in keyof Required]: ValueOf<Required[Name]> } & {
                  readonly [Name in keyof Optional]?: ValueOf<Optional[Name]>;
                }
              : never;

export function text(limits: Limits = {}): StringShape {
  return { type: "string", ...limits };
}

/** A text of a form; `what` says it in words. */
export function textLike(what: string, pattern: RegExp, limits: Limits = {}): StringShape {
  return { type: "string", ...limits, form: { pattern, what } };
}

export function integer(least: number, most?: number): IntegerShape {
  return { type: "integer", ...between(least, most) };
}

export const boolean: BooleanShape = { type: "boolean" };

export function oneOf<const Value extends string>(values: readonly Value[]): EnumShape<Value> {
  return { type: "enum", values };
}

export function list<Item extends Shape>(of: Item, least = 0, most?: number): ListShape<Item> {
  return { type: "list", of, ...between(least, most) };
}

function between(least: number, most: number | undefined): { least: number; most?: number } {
  return most === undefined ? { least } : { least, most };
}

export function object<Required extends Record<string, Shape>, Optional extends Record<string, Shape>>(
  required: Required,
  optional: Optional,
): ObjectShape<Required, Optional> {
  return {
    type: "object",
    required,
    optional,
    members: new Map<string, Shape>([...Object.entries(required), ...Object.entries(optional)]),
  };
}
