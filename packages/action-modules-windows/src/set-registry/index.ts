import { defineAction } from "@imagewright/action-contract";
import { keyPathFaults } from "./key-path.js";
import { setRegistryValue } from "./run.js";
import { OTHER_TYPE_NAMES, VALUE_TYPES, valueFaults } from "./value-types.js";

export const setRegistry = defineAction({
  name: "SetRegistry",
  summary: "Sets a value in the Windows registry.",
  platforms: ["windows"],
  instead: {
    linux: "CreateFile or AppendFile on the configuration file of the program",
    darwin: "ExecuteBinary with defaults",
  },
  input: {
    shape: "list",
    schema: {
      type: "object",
      properties: {
        path: {
          type: "string",
          minLength: 1,
          description:
            "The key: its root, such as HKLM: or HKEY_LOCAL_MACHINE, and what is below it. A key that does not exist is created.",
        },
        name: { type: "string", description: "The name of the value; an empty one is the default value of the key." },
        value: {
          type: ["string", "array"],
          items: { type: "string" },
          description: "What the value becomes: a text, a number, or a list for MULTI_SZ and BINARY.",
        },
        type: { type: "string", enum: VALUE_TYPES, otherNames: OTHER_TYPE_NAMES, description: "The type of the value." },
      },
      required: ["path", "name", "value", "type"],
      additionalProperties: false,
    },
  },
  effects: "opaque",
  outputs: {},
  check: ({ path, value, type }) => [...keyPathFaults(path), ...valueFaults(value, type)],
  run: setRegistryValue,
});
