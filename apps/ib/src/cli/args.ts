import { string as oclifString } from "@oclif/core/args";

/**
 * The definition of an argument. Without `ignoreStdin`, oclif would take what comes on standard input for an argument that is missing: the
 * text of a file for its name.
 */
export const string: typeof oclifString = ((options: Parameters<typeof oclifString>[0]) =>
  oclifString({ ...options, ignoreStdin: true })) as typeof oclifString;
