import type { ValueNode } from "@imagewright/yaml-syntax";
import { walkScalars } from "../syntax/walk.js";
import { referencesIn } from "./template.js";

/** Whether a node's value depends on the iteration of a loop. */
export function hasLoopReference(node: ValueNode): boolean {
  let found = false;
  walkScalars(
    node,
    (scalar) => (found ||= referencesIn(scalar)?.some((part) => typeof part !== "string" && part.target.kind === "loop") === true),
  );
  return found;
}
