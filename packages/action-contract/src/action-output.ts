/**
 * What an output holds, in one sentence; for an output to which a step with several items of inputs may be referred without an index,
 * together with that.
 */
export type ActionOutput = string | OutputOfAllItems;

/**
 * An output that a reference without an index takes from all items: one text, the values line by line, as chapter 16 of the guide has it.
 */
export interface OutputOfAllItems {
  readonly description: string;
  readonly ofAllItems: "lines";
}

/** What an output holds, in one sentence. */
export function describeOutput(output: ActionOutput): string {
  return typeof output === "string" ? output : output.description;
}

/** The names of the outputs that a reference without an index takes from all items. */
export function outputsOfAllItems(outputs: Readonly<Record<string, ActionOutput>>): string[] {
  return Object.keys(outputs).filter((name) => typeof outputs[name] === "object");
}
