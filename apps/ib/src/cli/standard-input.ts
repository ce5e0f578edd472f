import { loadStream, type DocumentLoader } from "@imagewright/component-runner";
import { wrongUsage } from "./wrong-usage.js";

/** What stands for standard input where a file is named; a file of this name is `./-`. */
export const STANDARD_INPUT = "-";
/** Its name in messages. */
export const STANDARD_INPUT_NAME = "standard input";

let isTaken = false;

/** Standard input, which can be read once. Throws WrongUsage if a command line names it twice. */
export function takeStandardInput(): NodeJS.ReadStream {
  if (isTaken) throw wrongUsage("- is given twice; standard input can be read only once");
  isTaken = true;
  return process.stdin;
}

/** Loads documents; `-` is standard input. */
export function orStandardInput(load: DocumentLoader, what = "component document"): DocumentLoader {
  return (location) => (location === STANDARD_INPUT ? loadStream(takeStandardInput(), STANDARD_INPUT_NAME, what) : load(location));
}
