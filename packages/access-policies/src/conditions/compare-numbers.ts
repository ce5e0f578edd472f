import { keepingLast } from "./last-reading.js";
import type { Comparison } from "./value-test.js";

/** The order of a value of a request and one of a policy that an operator asks for. */
export type OrderTest = (found: number, wanted: number) => boolean;

export const ORDERS = {
  Equals: (found, wanted) => found === wanted,
  LessThan: (found, wanted) => found < wanted,
  LessThanEquals: (found, wanted) => found <= wanted,
  GreaterThan: (found, wanted) => found > wanted,
  GreaterThanEquals: (found, wanted) => found >= wanted,
} as const satisfies Record<string, OrderTest>;

type Reader = (text: string) => number | undefined;

/** How the values of policies are read, and those of requests. */
interface Readers {
  readonly read: Reader;
  readonly readFound: Reader;
}

/** Compares what `read` makes of two texts. A value of a request that is nothing of the kind matches nothing. */
export const comparing = ({ read, readFound }: Readers, order: OrderTest, allowed: string): Comparison => ({
  allowed,
  prepare(value) {
    const wanted = read(value);
    if (wanted === undefined) return undefined;
    return (text) => {
      const found = readFound(text);
      return found !== undefined && order(found, wanted);
    };
  },
});

const readFoundNumber = keepingLast(readNumber);

export const compareNumeric = (order: OrderTest) =>
  comparing({ read: readNumber, readFound: readFoundNumber }, order, 'a number, such as 7 or "2.5"');

function readNumber(text: string): number | undefined {
  const value = /^[+-]?\d+(\.\d+)?(e[+-]?\d{1,3})?$/i.test(text) ? Number(text) : undefined;
  return value !== undefined && Number.isFinite(value) ? value : undefined;
}
