import { operationNames } from "@imagewright/imagebuilder-model";
import { expect, test } from "@jest/globals";
import { OPERATIONS } from "./index.js";

test("every operation of the model is there", () => {
  expect(Object.keys(OPERATIONS).sort()).toEqual([...operationNames()]);
});

test("an operation is listed under its own name", () => {
  expect(Object.values(OPERATIONS).map(({ name }) => name)).toEqual(Object.keys(OPERATIONS));
});
