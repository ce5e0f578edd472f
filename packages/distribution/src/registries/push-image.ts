import type { OperationAdapter } from "../adapter.js";
import type { RegistryClient } from "./registry-client.js";
import { repositoryIn, type Registries } from "./registry.js";

/** Where images are pushed, and from where. */
export interface RegistryTargets {
  readonly registries: Registries;
  readonly client: RegistryClient;
  /** The folder of the OCI layout that has the image of this digest. */
  readonly layoutOf: (digest: string) => string;
}

/** Pushes an image under its digest, so that nobody sees it by a name before it is whole. */
export function pushImage({ registries, client, layoutOf }: RegistryTargets): OperationAdapter<"push-image"> {
  return {
    require: (operation) => void repositoryIn(registries, { ...operation, ...operation.input }),
    look: async ({ input, ...place }, { signal }) => {
      const repository = repositoryIn(registries, { ...place, ...input });
      return { hadIt: (await client.digestOf({ repository, at: `@${input.digest}` }, signal)) !== undefined };
    },
    run: async ({ input, ...place }, { signal }) => {
      const repository = repositoryIn(registries, { ...place, ...input });
      const target = { repository, at: `@${input.digest}` } as const;
      if ((await client.digestOf(target, signal)) === undefined) await client.copyLayout(layoutOf(input.digest), target, signal);
      return `${repository.name}@${input.digest}`;
    },
    undo: async ({ input, ...place }, before, { signal }) => {
      if ((before as { readonly hadIt: boolean }).hadIt) return;
      await client.remove({ repository: repositoryIn(registries, { ...place, ...input }), at: `@${input.digest}` }, signal);
    },
  };
}
