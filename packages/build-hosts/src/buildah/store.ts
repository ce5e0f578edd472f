import type { Engine } from "../engines/engine.js";
import { isOrdinaryUser } from "./user-namespace.js";

/** The folders of buildah's store. */
export interface Store {
  /** Where layers and images are kept. */
  readonly graphRoot: string;
  /** Where buildah keeps its locks, and what is mounted. */
  readonly runRoot: string;
}

export async function findStore(engine: Engine): Promise<Store> {
  const format = '{{.store.GraphRoot}}{{"\\n"}}{{.store.RunRoot}}';
  const [graphRoot = "", runRoot = ""] = (await engine.call(["info", "--format", format], { operation: "look at its store" })).split("\n");
  return { graphRoot, runRoot };
}

/**
 * The flags of a call that has a `TMPDIR` of its own: the store of an ordinary user without a runtime folder is partly there, so it must be
 * told. One place alone would change the other.
 */
export async function storeFlags(findStore: () => Promise<Store>): Promise<readonly string[]> {
  if (!isOrdinaryUser()) return [];
  const { graphRoot, runRoot } = await findStore();
  return ["--root", graphRoot, "--runroot", runRoot];
}
