import type { ActionContract, AnyActionContract } from "./action-module.js";
import { PLATFORM_TITLES, PLATFORMS, type Platform } from "./platform.js";

/**
 * The action modules that a program knows, by name and platform. Those that it can run have a `run` (`isRunnable`); of others it has the
 * contract.
 */
export interface ActionRegistry {
  /** What a platform has under a name. */
  get(name: string, platform: Platform): ActionContract<unknown> | undefined;
  /** The platforms that have a module of this name, in the order of `PLATFORMS`; none for a name that is unknown. */
  platformsOf(name: string): readonly Platform[];
  /** All names, of whatever platform, sorted. */
  readonly names: readonly string[];
  /** Modules that exist but that documents may not use. */
  readonly blocked?: readonly string[];
}

/** Joins modules into a registry. Throws for two of one name on one platform, which is a fault of the program, not of a document. */
export function createRegistry(...groups: readonly (readonly AnyActionContract[])[]): ActionRegistry {
  const actions = new Map<string, Map<Platform, ActionContract<unknown>>>();
  for (const action of groups.flat()) {
    const byPlatform = actions.get(action.name) ?? new Map<Platform, ActionContract<unknown>>();
    actions.set(action.name, byPlatform);
    for (const platform of action.platforms) {
      if (byPlatform.has(platform)) throw new Error(`two action modules are named ${action.name} on ${PLATFORM_TITLES[platform]}`);
      // safe: the engine passes only what the module's own schema has accepted
      byPlatform.set(platform, action as ActionContract<unknown>);
    }
  }
  return {
    names: [...actions.keys()].sort(),
    get: (name, platform) => actions.get(name)?.get(platform),
    platformsOf: (name) => PLATFORMS.filter((platform) => actions.get(name)?.has(platform) === true),
  };
}

/** The same registry, in which documents may not use some of the modules. */
export function blockActions(registry: ActionRegistry, names: readonly string[]): ActionRegistry {
  return { ...registry, blocked: [...(registry.blocked ?? []), ...names] };
}
