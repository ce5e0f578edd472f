import { ResourceNotFoundException } from "@aws-sdk/client-imagebuilder";
import { expect } from "@jest/globals";
import { removeAfterwards } from "../support/remove-afterwards.js";
import { api } from "../support/service.js";

type Tags = Record<string, string>;
type State = Readonly<Record<string, unknown>> & { readonly tags?: Tags | undefined };

/** The calls that Terraform's provider makes for one resource. Source: the source text of the provider. */
export interface ProviderResource {
  /** Creates it and returns the ARN, which is its id. */
  readonly create: (common: { clientToken: string; tags: Tags }) => Promise<string | undefined>;
  /** Reads it by its id. */
  readonly read: (id: string) => Promise<State | undefined>;
  /** Sends the whole new settings; what has no update is changed in its tags only. */
  readonly update?: (id: string, clientToken: string) => Promise<unknown>;
  readonly delete: (id: string) => Promise<unknown>;
}

let tokens = 0;

/** Tokens have 36 characters: a word, the time, and a counter. */
function nextToken(): string {
  const time = new Date().toISOString().replaceAll(/\D/g, "").padEnd(18, "0");
  const counter = (tokens += 1).toString(16).padStart(4, "0");
  return `terraform-${time}${String(process.pid % 10_000).padStart(4, "0")}${counter}`;
}

/**
 * Applies, changes, imports and destroys a resource with the calls of the provider, and asserts what it relies on: what was written is read
 * at once, tags are in the resource itself, and what was destroyed is gone. Returns what was read after each step.
 */
export async function applyAndDestroy({ create, read, update, delete: destroy }: ProviderResource) {
  const id = (await create({ clientToken: nextToken(), tags: { team: "web", stage: "test" } })) ?? "";
  removeAfterwards(() => destroy(id));
  expect(id).toMatch(/^arn:aws[^:]*:imagebuilder:[^:]+:[0-9]{12}:[a-z/-]+\/[a-z0-9-_]+(\/[0-9.]+(\/[0-9]+)?)?$/);
  const created = await read(id);
  expect(created).toMatchObject({ arn: id, tags: { team: "web", stage: "test" } });
  await api.untagResource({ resourceArn: id, tagKeys: ["stage"] });
  await api.tagResource({ resourceArn: id, tags: { team: "api", owner: "ada" } });
  await update?.(id, nextToken());
  const updated = await read(id);
  expect(updated?.tags).toEqual({ team: "api", owner: "ada" });
  // an import knows the id alone
  expect(await read(id)).toEqual(updated);
  await destroy(id);
  for (const call of [read, destroy]) await expect(call(id)).rejects.toBeInstanceOf(ResourceNotFoundException);
  return { id, created, updated };
}
