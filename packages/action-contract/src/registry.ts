import type { ActionModule, AnyActionModule } from "./action-module.js";

/** The action modules that a run knows, by name. */
export interface ActionRegistry {
  get(name: string): ActionModule<unknown> | undefined;
  readonly names: readonly string[];
  /** Modules that the guide has and this registry has not, since they run on other platforms only. */
  readonly foreign?: readonly ForeignAction[];
  /** Modules that exist, and that documents may not use. */
  readonly blocked?: readonly string[];
}

/** What is known of a module without having it. */
export type ForeignAction = Pick<AnyActionModule, "name" | "platforms" | "instead">;

/** Joins modules into a registry. Throws for two of one name, which is a fault of the program, not of a document. */
export function createRegistry(...groups: readonly (readonly AnyActionModule[])[]): ActionRegistry {
  const modules = new Map<string, ActionModule<unknown>>();
  for (const module of groups.flat()) {
    if (modules.has(module.name)) throw new Error(`two action modules are called ${module.name}`);
    // safe: the engine passes only what the module's own schema has accepted
    modules.set(module.name, module as ActionModule<unknown>);
  }
  const names = [...modules.keys()].sort();
  return { names, get: (name) => modules.get(name) };
}

/** The same registry, in which documents may not use some of the modules. */
export function blockActions(registry: ActionRegistry, names: readonly string[]): ActionRegistry {
  return { ...registry, blocked: [...(registry.blocked ?? []), ...names] };
}
