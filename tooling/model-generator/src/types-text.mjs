import { literals } from "./names-text.mjs";

// the files of the SDK that need no types of Node, so that a program that imports ours needs none either
const STRUCTURES = "@aws-sdk/client-imagebuilder/dist-types/models/models_0.js";
const ENUMS = "@aws-sdk/client-imagebuilder/dist-types/models/enums.js";

/**
 * The TypeScript types of all structures and enums but the errors: the SDK's own where it has the whole of them, else an interface that
 * adds or replaces the members that differ; and `Operations`, from each operation to the types of its input and output.
 */
export function typesText(model, sdk) {
  const { shapes, operations } = model;
  const named = Object.entries(shapes)
    .filter(([, shape]) => (shape.type === "structure" && !shape.error) || shape.enum)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  const changed = changedShapes(shapes, sdk);
  const same = (isEnum) =>
    named.filter(([name, shape]) => !changed.has(name) && isEnum === (shape.enum !== undefined)).map(([name]) => name);
  const own = named.filter(([name]) => changed.has(name)).map(([name, shape]) => declaration(name, shape));
  const rows = Object.entries(operations).map(
    ([name, { input, output }]) => `${name}: { input: ${input.shape}; output: ${output.shape} };`,
  );
  const mentioned = new Set([...rows, ...own].flatMap((text) => text.match(/[A-Za-z]+/g)));
  const imported = (isEnum) =>
    same(isEnum)
      .filter((name) => mentioned.has(name))
      .join(", ");
  return `import type * as Sdk from "${STRUCTURES}";
    import type { ${imported(true)} } from "${ENUMS}";
    import type { ${imported(false)} } from "${STRUCTURES}";

    export type { ${same(true).join(", ")} } from "${ENUMS}";
    export type { ${same(false).join(", ")} } from "${STRUCTURES}";

    ${own.join("\n\n")}

    /** The input and the output of each operation. */
    export interface Operations { ${rows.join("\n")} }`;

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
