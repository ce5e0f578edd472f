import { defineAction } from "@imagewright/action-contract";
import { hasWildcard } from "../files/wildcard.js";
import { windowsNameFaults } from "../files/windows-names.js";
import { bucketOwnerProperty } from "../object-store/location.js";
import { s3Download as run } from "./run.js";
import { s3SourceFaults } from "./source.js";

export const s3Download = defineAction({
  name: "S3Download",
  summary: "Downloads an object from Amazon S3, or all objects below a key prefix.",
  platforms: ["linux", "darwin", "windows"],
  input: {
    shape: "list",
    schema: {
      type: "object",
      properties: {
        source: {
          type: "string",
          minLength: 1,
          description: "The object as s3://BUCKET/KEY, or s3://BUCKET/PREFIX/* for all objects whose keys begin with PREFIX/.",
        },
        destination: {
          type: "string",
          minLength: 1,
          description:
            "The path of the file, or a folder. For one object a folder ends with a path separator, and the file is named after the last part of the key. Missing folders are created.",
        },
        expectedBucketOwner: bucketOwnerProperty,
        overwrite: {
          type: "boolean",
          default: true,
          description: "Whether an existing file is replaced; if false, an existing file is an error.",
        },
      },
      required: ["source", "destination"],
      additionalProperties: false,
    },
  },
  effects: "opaque",
  outputs: {},
  check: ({ source, destination }, platform) => [
    ...s3SourceFaults(source, destination, platform),
    ...windowsNameFaults("destination", destination, platform),
    ...(hasWildcard(destination) ? [{ path: ["destination"], message: `"destination" cannot contain a wildcard` }] : []),
  ],
  run,
});
