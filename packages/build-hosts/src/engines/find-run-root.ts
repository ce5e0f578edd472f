import type { Engine } from "./engine.js";

/** The folder where an engine keeps the locks of its store, and what is mounted; the template is the name that its `info` has for it. */
export async function findRunRoot(engine: Engine, template: string): Promise<string> {
  return (await engine.call(["info", "--format", template], { operation: "look at its store" })).trim();
}
