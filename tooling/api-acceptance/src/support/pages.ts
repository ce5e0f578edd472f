import { expect } from "@jest/globals";
import { api } from "./service.js";

type Paginator<Input, Output> = (config: { client: typeof api; pageSize?: number }, input: Input) => AsyncIterable<Output>;

/** All entries of a list by the SDK's own paginator, in pages of `pageSize`; asserts that no page is larger and no token is empty. */
export async function entries<Input, Output, Member extends keyof Output>(
  paginate: Paginator<Input, Output>,
  input: Input,
  member: Member,
  pageSize = 2,
): Promise<NonNullable<Output[Member]>> {
  const all: unknown[] = [];
  for await (const page of paginate({ client: api, pageSize }, input)) {
    const found = (page[member] ?? []) as unknown[];
    expect(found.length).toBeLessThanOrEqual(pageSize);
    expect((page as { nextToken?: string }).nextToken).not.toBe("");
    all.push(...found);
  }
  return all as NonNullable<Output[Member]>;
}
