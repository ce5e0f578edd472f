import { expect, test } from "@jest/globals";
import { taskkillArguments } from "./taskkill.js";

// Wine's taskkill knows no /T; that what a command has started ends with it is proved there by the command's job
test("the command line that ends a process and those below it", () => {
  expect(taskkillArguments(1234)).toEqual(["/PID", "1234", "/T", "/F"]);
});
