/** The type of a value that fits the schema of its shape: the SDK has `undefined` for required members too. */
export type Checked<Shape> = Shape extends readonly (infer Item)[]
  ? readonly Checked<Item>[]
  : Shape extends object
    ? { readonly [Member in keyof Shape]: Checked<Exclude<Shape[Member], undefined>> }
    : Shape;
