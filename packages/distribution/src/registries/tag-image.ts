import { withScratchFolder } from "@imagewright/node-host";
import type { OperationAdapter } from "../adapter.js";
import type { RegistryTargets } from "./push-image.js";
import { repositoryIn } from "./registry.js";
import { writeLayout } from "./write-layout.js";

/** By tag: the digest that it had, or null if it is new. */
type FormerDigests = Readonly<Record<string, string | null>>;

/** Gives tags to an image that its repository has. */
export function tagImage({ registries, client }: Omit<RegistryTargets, "layoutOf">): OperationAdapter<"tag-image"> {
  return {
    require: (operation) => void repositoryIn(registries, { ...operation, ...operation.input }),
    look: async ({ input, ...place }, { signal }) => {
      const repository = repositoryIn(registries, { ...place, ...input });
      const former: Record<string, string | null> = {};
      for (const tag of input.tags) former[tag] = (await client.digestOf({ repository, at: `:${tag}` }, signal)) ?? null;
      return former;
    },
    run: async ({ input, ...place }, { signal }) => {
      const repository = repositoryIn(registries, { ...place, ...input });
      for (const tag of input.tags) await client.copyWithin(repository, `@${input.digest}`, `:${tag}`, signal);
      return undefined;
    },
    undo: async ({ input, ...place }, before, { signal, token }) => {
      const repository = repositoryIn(registries, { ...place, ...input });
      for (const [tag, former] of Object.entries(before as FormerDigests)) {
        if (former !== null) await client.copyWithin(repository, `@${former}`, `:${tag}`, signal);
        // registries remove manifests, with all tags that they have: the tag is given to an image of its own, and goes with it
        else
          await withScratchFolder({ purpose: "placeholder" }, async (path) => {
            const image = { repository, at: `:${tag}` } as const;
            await writeLayout(path, { label: `${token} ${tag}` });
            await client.copyLayout(path, image, signal);
            await client.remove(image, signal);
          });
      }
    },
  };
}
