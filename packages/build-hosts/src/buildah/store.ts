import type { Engine } from "../engines/engine.js";

/** The folder where buildah keeps its locks, and what is mounted. */
export async function findRunRoot(engine: Engine): Promise<string> {
  return (await engine.call(["info", "--format", "{{.store.RunRoot}}"], { operation: "look at its store" })).trim();
}
