const SAME = "the same idea in packages that do not know each other";
const OVERLAY = "files-overlay does to its copy what the other does to the machine";

/** Names that several files export, each with the reason why. A name goes from here when one file alone exports it. */
export const NAMES_OF_SEVERAL_FILES: Readonly<Record<string, string>> = {
  LARGEST_DOCUMENT: SAME,
  ObjectLocation: SAME,
  Redactor: "the port, and what implements it",
  changeOwner: OVERLAY,
  makeFolders: OVERLAY,
  moveEntry: OVERLAY,
  runTool: "runs a program to its end: for restarts in the agent, for container engines in build-hosts",
  splitPath: OVERLAY,
  terminal: "what each of the two programs writes to",
  textOf: "the text of a node, and the text of a span",
  timeOf: SAME,
};
