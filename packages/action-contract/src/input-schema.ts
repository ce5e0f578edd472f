/** The subset of JSON Schema (draft 07) that describes the input of an action: one object with named properties. */
export interface InputSchema {
  readonly type: "object";
  readonly properties: Readonly<Record<string, PropertySchema>>;
  readonly required?: readonly string[];
  /** True only if any key is allowed, as for the operators of Assert. */
  readonly additionalProperties: boolean;
}

export type PropertySchema = Described &
  (
    | {
        readonly type: "string";
        readonly enum?: readonly string[];
        readonly minLength?: number;
        readonly pattern?: string;
        readonly patternDescription?: string;
        /** What other programs call a value, for a suggestion: letters and digits in lower case, and the value that is meant. */
        readonly otherNames?: Readonly<Record<string, string>>;
        /** The option of a program whose value this is, such as `/L`, for a suggestion to those who write it before the value. */
        readonly optionBefore?: string;
        readonly default?: string;
      }
    | { readonly type: "boolean"; readonly default?: boolean }
    | { readonly type: "integer"; readonly minimum?: number; readonly maximum?: number; readonly default?: number }
    | { readonly type: "array"; readonly items: PropertySchema; readonly minItems?: number }
    | { readonly type: readonly ["string", "array"]; readonly items: { readonly type: "string" } }
    | InputSchema
    | MapSchema
  );

/** An object with any keys and texts as values. */
export interface MapSchema {
  readonly type: "object";
  readonly additionalProperties: { readonly type: "string" };
}

interface Described {
  /** What the input is for, in one sentence; the reference pages show it. */
  readonly description?: string;
}

/** The TypeScript type of what a schema accepts. Properties that are not required may be undefined. */
export type InputOf<Schema> = Schema extends { readonly enum: readonly (infer Value)[] }
  ? Value
  : Schema extends { readonly type: "string" }
    ? string
    : Schema extends { readonly type: readonly ["string", "array"] }
      ? string | readonly string[]
      : Schema extends { readonly type: "boolean" }
        ? boolean
        : Schema extends { readonly type: "integer" }
          ? number
          : Schema extends { readonly type: "array"; readonly items: infer Items }
            ? readonly InputOf<Items>[]
            : Schema extends { readonly properties: infer Properties }
              ? ObjectOf<Properties, RequiredOf<Schema>>
              : Schema extends MapSchema
                ? Readonly<Record<string, string>>
                : never;

type RequiredOf<Schema> = Schema extends { readonly required: readonly (infer Name)[] } ? Name : never;

type ObjectOf<Properties, Required> = {
  readonly [Name in keyof Properties as Name extends Required ? Name : never]: InputOf<Properties[Name]>;
} & {
  readonly [Name in keyof Properties as Name extends Required ? never : Name]?: InputOf<Properties[Name]> | undefined;
};
