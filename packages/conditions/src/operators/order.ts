/**
 * The four ordering relations shared by strings and numbers: from the sign of a comparison (negative, 0, positive) to whether the relation
 * holds.
 */
export interface Order {
  readonly words: string;
  readonly holds: (comparison: number) => boolean;
}

export const LESS: Order = { words: "less than", holds: (comparison) => comparison < 0 };
export const LESS_OR_EQUAL: Order = { words: "less than or equal to", holds: (comparison) => comparison <= 0 };
export const GREATER: Order = { words: "greater than", holds: (comparison) => comparison > 0 };
export const GREATER_OR_EQUAL: Order = { words: "greater than or equal to", holds: (comparison) => comparison >= 0 };
export const EQUAL: Order = { words: "equal to", holds: (comparison) => comparison === 0 };
