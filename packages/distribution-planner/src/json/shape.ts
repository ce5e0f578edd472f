/** What a value in JSON may look like. Shapes are data: the reader checks by them, and types come from them. */
export type Shape = StringShape | IntegerShape | BooleanShape | EnumShape | ListShape | MapShape | ObjectShape;

export interface StringShape {
  readonly type: "string";
  /** With its article, as messages have it: "an account ID". */
  readonly what: string;
  /** What is allowed, in words. */
  readonly allowed: string;
  readonly pattern?: RegExp;
  readonly min?: number;
  readonly max?: number;
}

export interface IntegerShape {
  readonly type: "integer";
  readonly min: number;
  readonly max?: number;
}

export interface BooleanShape {
  readonly type: "boolean";
}

export interface EnumShape<Value extends string = string> {
  readonly type: "enum";
  readonly what: string;
  readonly values: readonly Value[];
}

export interface ListShape<Entry = unknown> {
  readonly type: "list";
  readonly of: Entry;
  readonly min: number;
  readonly max?: number;
}

export interface MapShape {
  readonly type: "map";
  readonly key: StringShape;
  readonly value: StringShape;
  readonly min: number;
  readonly max: number;
}

export interface ObjectShape<Required = unknown, Optional = unknown> {
  readonly type: "object";
  readonly what: string;
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
        : S extends ListShape<infer Entry>
          ? readonly ValueOf<Entry>[]
          : S extends MapShape
            ? Readonly<Record<string, string>>
            : S extends ObjectShape<infer Required, infer Optional>
              ? { readonly [Name in keyof Required]: ValueOf<Required[Name]> } & { readonly [Name in keyof Optional]?: ValueOf<Optional[Name]> }
              : never;

/** A text of a pattern; the allowed lengths are told apart in messages. */
export function text(what: string, allowed: string, limits: { pattern?: RegExp; min?: number; max?: number } = {}): StringShape {
  return { type: "string", what, allowed, ...limits };
}

export function integer(min: number, max?: number): IntegerShape {
  return { type: "integer", min, ...(max === undefined ? {} : { max }) };
}

export const boolean: BooleanShape = { type: "boolean" };

export function oneOf<const Value extends string>(what: string, values: readonly Value[]): EnumShape<Value> {
  return { type: "enum", what, values };
}

export function list<Entry extends Shape>(of: Entry, min = 0, max?: number): ListShape<Entry> {
  return { type: "list", of, min, ...(max === undefined ? {} : { max }) };
}

export function object<Required extends Record<string, Shape>, Optional extends Record<string, Shape>>(
  what: string,
  required: Required,
  optional: Optional,
): ObjectShape<Required, Optional> {
  return { type: "object", what, required, optional, members: new Map<string, Shape>([...Object.entries(required), ...Object.entries(optional)]) };
}
