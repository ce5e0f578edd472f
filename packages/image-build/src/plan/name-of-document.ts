import { basename } from "node:path";
import { readArn } from "@imagewright/imagebuilder-model";

/** What a document is called: by its own name, else by that of the resource whose ARN it was loaded by, else by its file. */
export function nameOfDocument(name: string | undefined, path: string): string {
  return name ?? readArn(path).value?.name ?? basename(path).replace(/\.[^.]+$/, "");
}
