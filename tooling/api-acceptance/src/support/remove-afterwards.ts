import { ResourceNotFoundException } from "@aws-sdk/client-imagebuilder";
import { afterAll } from "@jest/globals";

const removals: (() => Promise<unknown>)[] = [];

/** Has a resource removed after the tests of this file, the last one first. What a test has removed itself may be gone. */
export function removeAfterwards(remove: () => Promise<unknown>): void {
  removals.push(remove);
}

afterAll(async () => {
  for (const remove of removals.reverse())
    await remove().catch((error: unknown) => {
      if (!(error instanceof ResourceNotFoundException)) throw error;
    });
});
