import { operationNames } from "@imagewright/imagebuilder-model";
import { expect, test } from "@jest/globals";
import { Scene } from "../testing/scene.js";
import { OPERATIONS } from "./index.js";
import { NOT_THERE_YET } from "./not-there-yet.js";

const scene = new Scene();

test(`every operation has a file, but for ${NOT_THERE_YET.length}: ${NOT_THERE_YET.join(", ")}`, () => {
  expect([...Object.keys(OPERATIONS), ...NOT_THERE_YET].sort()).toEqual([...operationNames()]);
});

test("an operation is listed under its own name", () => {
  expect(Object.values(OPERATIONS).map(({ name }) => name)).toEqual(Object.keys(OPERATIONS));
});

test("one without a file is refused in a way that clients do not repeat", async () => {
  for (const name of NOT_THERE_YET.slice(0, 1))
    expect(await scene.refused(name, {})).toBe(`InvalidRequestException: The operation ${name} is not available on this server yet.`);
});
