const SAME = "the same idea in packages that do not know each other";
const OVERLAY = "files-overlay does to its copy what the other does to the machine";

/** Names that several files export, each with the reason why. A name goes from here when one file alone exports it. */
export const NAMES_OF_SEVERAL_FILES: Readonly<Record<string, string>> = {
  Decision: "what a rule, a condition or a schedule has decided, and why; each package has one, and nobody imports two",
  ImageStatus: "the model's enum, which lifecycle-rules passes on",
  LARGEST_DOCUMENT: SAME,
  ObjectLocation: SAME,
  Operation: "an operation of the API, and one of a distribution plan",
  OutputStream: SAME,
  ParameterSource: "the port, and what implements it",
  ParameterValue: "what the port gives, and what implements it gives",
  PlanOptions: "the options of the one planner of each package",
  Redactor: "the port, and what implements it",
  ResourceType: "the types of all resources, and those that lifecycle policies may name",
  Tags: SAME,
  changeOwner: OVERLAY,
  makeFolders: OVERLAY,
  moveEntry: OVERLAY,
  runTool: "runs a program to its end: for restarts in the agent, for container engines in build-hosts",
  splitPath: OVERLAY,
  textOf: "the text of a node, and the text of a span",
  timeOf: SAME,
  toJson: "what is printed with --json: of diagnostics, and of a distribution plan",
};
