import * as sdk from "@aws-sdk/client-imagebuilder";

// the client carries its schemas as arrays: [kind, namespace, name, traits, members, …]; the kind of structures is 3
const members = new Map(
  (Object.values(sdk) as unknown[])
    .filter((value): value is readonly unknown[] => Array.isArray(value) && value[0] === 3)
    .map((schema) => [schema[2], new Set(schema[4] as readonly string[])]),
);

/** Whether the SDK has a member of a structure: its newest version lacks a few that the model has. */
export function sdkHasMember(structure: string, member: string): boolean {
  return members.get(structure)?.has(member) === true;
}
