import type { ActionContract, AnyActionContract } from "./action-module.js";
import { PLATFORM_TITLES, PLATFORMS, type Platform } from "./platform.js";

/**
 * The action modules that a program knows, by name and platform. Those that it can run have a `run` (`isRunnable`); the others are
 * contracts.
 */
export interface ActionRegistry {
  /** The module or contract with a name on a platform. */
  get(name: string, platform: Platform): ActionContract<unknown> | undefined;
  /** The platforms that have a module of this name, in the order of `PLATFORMS`; none for a name that is unknown. */
  platformsOf(name: string): readonly Platform[];
  /** The names of all modules of all platforms, sorted. */
  readonly names: readonly string[];
  /** The names of modules that documents may not use. */
  readonly blocked?: readonly string[];
}

/** Makes a registry of modules. Throws an Error for two with the same name and platform, which is a bug of the program. */
export function createRegistry(...groups: readonly (readonly AnyActionContract[])[]): ActionRegistry {
  const actions = new Map<string, Map<Platform, ActionContract<unknown>>>();
  for (const action of groups.flat()) {
    const byPlatform = actions.get(action.name) ?? new Map<Platform, ActionContract<unknown>>();
    actions.set(action.name, byPlatform);
    for (const platform of action.platforms) {
      if (byPlatform.has(platform)) throw new Error(`two action modules are named ${action.name} on ${PLATFORM_TITLES[platform]}`);
      // safe: the engine passes only inputs that fit the module's schema
      byPlatform.set(platform, action as ActionContract<unknown>);
    }
  }
  return {
    names: [...actions.keys()].sort(),
    get: (name, platform) => actions.get(name)?.get(platform),
    platformsOf: (name) => PLATFORMS.filter((platform) => actions.get(name)?.has(platform) === true),
  };
}

/** The same registry with some modules blocked for documents. */
export function blockActions(registry: ActionRegistry, names: readonly string[]): ActionRegistry {
  return { ...registry, blocked: [...(registry.blocked ?? []), ...names] };
}
