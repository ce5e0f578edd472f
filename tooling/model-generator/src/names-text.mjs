/** The names of operations, errors and shapes as types, and the enums with their values. They need nothing of the SDK. */
export function namesText({ operations, shapes }) {
  const names = Object.keys(shapes).sort();
  const enums = names.filter((name) => shapes[name].enum).map((name) => `${name}: ${literals(shapes[name].enum)};`);
  return `/** The names of all operations. */
    export type OperationName = ${literals(Object.keys(operations))};

    /** The names of all errors. */
    export type ErrorName = ${literals(names.filter((name) => shapes[name].error))};

    /** The values of each enum. */
    export interface Enums { ${enums.join("\n")} }

    /** The names of all shapes. */
    export type ShapeName = ${literals(names)};`;
}

export function literals(values) {
  return values.map((value) => JSON.stringify(value)).join(" | ");
}
