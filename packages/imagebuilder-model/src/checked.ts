/** The type of a value that fits the schema of its shape: unlike in the SDK's types, required members cannot be undefined. */
export type Checked<Shape> = Shape extends readonly (infer Item)[]
  ? readonly Checked<Item>[]
  : Shape extends object
    ? { readonly [Member in keyof Shape]: Checked<Exclude<Shape[Member], undefined>> }
    : Shape;
