import * as sdk from "@aws-sdk/client-imagebuilder";

const STRUCTURE = 3;
const ERROR = -3;

/**
 * What the SDK's client knows of the service: structures with their members (and which of them are required, idempotency tokens aside),
 * and the values of its enums. The client carries its schemas as arrays: [kind, namespace, name, traits, members, schemas, required].
 */
export function readSdkShapes() {
  const structures = new Map();
  const enums = new Map();
  for (const [name, value] of Object.entries(sdk)) {
    if (Array.isArray(value) && (value[0] === STRUCTURE || value[0] === ERROR)) {
      const [, , shape, , members, , required = 0] = value;
      structures.set(shape, new Map(members.map((member, position) => [member, { required: position < required }])));
    } else if (/^[A-Z]/.test(name) && typeof value === "object" && !Array.isArray(value)) enums.set(name, Object.values(value));
  }
  return { structures, enums };
}
