import { PLATFORMS, type ActionRegistry, type Platform } from "@imagewright/action-contract";
import type { ComponentDocument } from "../syntax/document.js";

/** The platform for which a document seems to be meant: the one that lacks the fewest of its actions, and Linux before the others. */
export function likelyPlatform(document: ComponentDocument, registry: ActionRegistry): Platform {
  const actions = document.phases.flatMap(({ steps }) => steps.map(({ action }) => action.text));
  const lacking = new Map(
    PLATFORMS.map((platform) => [platform, actions.filter((name) => registry.get(name, platform) === undefined).length]),
  );
  return PLATFORMS.reduce((likely, platform) => ((lacking.get(platform) ?? 0) < (lacking.get(likely) ?? 0) ? platform : likely));
}
