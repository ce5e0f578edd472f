import { expect, test } from "@jest/globals";
import { fuzz } from "./testing/fuzz.js";
import { fitsSchema } from "./testing/fits-schema.js";

test("10,000 generated requests: never a failure of the server, always a declared error", async () => {
  const seen = await fuzz(10_000, fitsSchema);
  expect(Object.keys(seen).sort()).toEqual([
    "200 success",
    "400 InvalidParameterValueException",
    "400 SerializationException",
    "413 RequestEntityTooLargeException",
    "415 UnsupportedMediaTypeException",
  ]);
});
