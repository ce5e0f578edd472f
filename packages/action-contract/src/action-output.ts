/** The description of an output in one sentence, or, for an output that may be referenced without an index, an object with it. */
export type ActionOutput = string | OutputOfAllItems;

/** An output that may be referenced without an index: one text with the values of all items, one a line. Source: guide chapter 16. */
export interface OutputOfAllItems {
  readonly description: string;
  readonly ofAllItems: "lines";
}

/** The description of an output, in one sentence. */
export function describeOutput(output: ActionOutput): string {
  return typeof output === "string" ? output : output.description;
}

/** The names of the outputs that may be referenced without an index. */
export function outputsOfAllItems(outputs: Readonly<Record<string, ActionOutput>>): string[] {
  return Object.keys(outputs).filter((name) => typeof outputs[name] === "object");
}
