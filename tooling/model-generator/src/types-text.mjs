/**
 * The TypeScript types of all structures and enums: the SDK's own where it has the whole of them, else an interface that adds or replaces
 * the members that differ; and the names: operations with the types of their input and output, enums with their values, errors, shapes.
 */
export function typesText(model, sdk) {
  const { shapes, operations } = model;
  const named = Object.entries(shapes)
    .filter(([, shape]) => shape.type === "structure" || shape.enum)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  const changed = changedShapes(shapes, sdk);
  const same = named.filter(([name]) => !changed.has(name)).map(([name]) => name);
  const own = named.filter(([name]) => changed.has(name)).map(([name, shape]) => declaration(name, shape));
  const rows = Object.entries(operations).map(
    ([name, { input, output }]) => `${name}: { input: ${input.shape}; output: ${output.shape} };`,
  );
  const used = Object.values(operations).flatMap(({ input, output }) => [input.shape, output.shape]);
  const enums = named.filter(([, shape]) => shape.enum).map(([name]) => name);
  const errors = named.filter(([, shape]) => shape.error).map(([name]) => name);
  const mentioned = new Set([...used, ...enums, ...own.flatMap((text) => text.match(/[A-Za-z]+/g))]);
  return `import type * as Sdk from "@aws-sdk/client-imagebuilder";
    import type { ${same.filter((name) => mentioned.has(name)).join(", ")} } from "@aws-sdk/client-imagebuilder";

    export type { ${same.join(", ")} } from "@aws-sdk/client-imagebuilder";

    ${own.join("\n\n")}

    /** The input and the output of each operation. */
    export interface Operations { ${rows.join("\n")} }

    /** The values of each enum. */
    export interface Enums { ${enums.map((name) => `${name}: ${name};`).join("\n")} }

    /** The names of the errors. */
    export type ErrorName = ${literals(errors)};

    /** The names of all shapes. */
    export type ShapeName = ${literals(Object.keys(shapes).sort())};`;

  function declaration(name, shape) {
    if (shape.enum) return `export type ${name} = ${literals(shape.enum)};`;
    const known = sdk.structures.get(name);
    const required = new Set(shape.required ?? []);
    const members = Object.entries(shape.members).filter(([member, { shape: target, idempotencyToken }]) => {
      const theirs = known?.get(member);
      return theirs === undefined || isChanged(target) || (theirs.required !== required.has(member) && !idempotencyToken);
    });
    const replaced = members.map(([member]) => member).filter((member) => known?.has(member));
    const fields = members.map(([member, { shape: target, idempotencyToken }]) => {
      const mark = required.has(member) && !idempotencyToken ? "" : "?";
      return `${member}${mark}: ${typeOf(target)} | undefined;`;
    });
    const base = replaced.length === 0 ? `Sdk.${name}` : `Omit<Sdk.${name}, ${replaced.map((member) => `"${member}"`).join(" | ")}>`;
    return `export interface ${name} ${known ? `extends ${base}` : ""} { ${fields.join("\n")} }`;
  }

  function isChanged(name) {
    const { type, member, value } = shapes[name];
    if (type === "list") return isChanged(member.shape);
    return type === "map" ? isChanged(value.shape) : changed.has(name);
  }

  function typeOf(name) {
    const shape = shapes[name];
    switch (shape.type) {
      case "structure":
        return name;
      case "list":
        return `${typeOf(shape.member.shape)}[]`;
      case "map":
        return `Record<string, ${typeOf(shape.value.shape)}>`;
      case "string":
        return shape.enum ? name : "string";
      case "boolean":
        return "boolean";
      case "timestamp":
        return "Date";
      default:
        return "number";
    }
  }
}

/** The names of the structures and enums that differ from the SDK's, themselves or in something that they contain. */
function changedShapes(shapes, sdk) {
  const changed = new Set(Object.keys(shapes).filter((name) => differs(name, shapes[name], sdk)));
  for (let before = -1; before < changed.size;) {
    before = changed.size;
    for (const [name, { type, members }] of Object.entries(shapes)) {
      if (type === "structure" && Object.values(members).some(({ shape }) => leads(shape))) changed.add(name);
    }
  }
  return changed;

  function leads(name) {
    const { type, member, value } = shapes[name];
    if (type === "list") return leads(member.shape);
    return type === "map" ? leads(value.shape) : changed.has(name);
  }
}

function differs(name, shape, sdk) {
  if (shape.enum) return shape.enum.some((value) => !sdk.enums.get(name)?.includes(value));
  if (shape.type !== "structure") return false;
  const known = sdk.structures.get(name);
  if (known === undefined) return true;
  return Object.entries(shape.members).some(
    ([member, { idempotencyToken }]) =>
      !known.has(member) || (known.get(member).required !== (shape.required ?? []).includes(member) && !idempotencyToken),
  );
}

function literals(values) {
  return values.map((value) => JSON.stringify(value)).join(" | ");
}
