import { quote } from "@imagewright/diagnostics";
import type { Json } from "../json.js";

/** The message that the workflow `everything` waits for. */
export const MESSAGE: Json = { approved: true };

const BROKEN: Json = { name: "TypeError", message: "it broke", code: "EBROKEN", cause: "for a reason" };

/** The result of the workflow `everything`. */
export const EVERYTHING: Json = {
  first: { number: 1, list: ["a", null, { deep: true }] },
  sameTime: true,
  sides: [
    { side: "left", two: "left one, two" },
    { side: "right", two: "right one, two" },
  ],
  failures: [
    {
      name: "ImagewrightError",
      message: "it is refused",
      code: "test/refused",
      errorClass: "forbidden",
      hints: ["ask somebody"],
      data: { by: "nobody" },
      cause: null,
    },
    BROKEN,
  ],
  inner: BROKEN,
  message: MESSAGE,
  none: "timed out",
  last: 2,
};

const NOT_JSON = 'the result of step "date" is not JSON: "a.0" is a Date';

/** The messages that the workflow `refusals` returns. */
export const REFUSALS: Json = [
  'step "inner" was started in the branch "main" while step "outer" was in progress',
  'branch "inner branch" was started in the branch "main" while step "outer" was in progress',
  'step "meanwhile" was started in the branch "main" while step "running" was in progress',
  'now() was started in the branch "main" while step "running" was in progress',
  'wait "message" was started in the branch "main" while branch "long" was in progress',
  'branch "late" was started in the branch "main" while branch "third" was in progress',
  'the key "running" is used twice in the branch "main"',
  'the key "" is not allowed: keys have 1 to 200 characters',
  `the key ${quote("x".repeat(201))} is not allowed: keys have 1 to 200 characters`,
  NOT_JSON,
  NOT_JSON,
];
