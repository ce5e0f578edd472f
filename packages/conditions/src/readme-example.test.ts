import { readFile } from "node:fs/promises";
import { expect, test } from "@jest/globals";
import { OPERATOR_NAMES } from "./index.js";

test("the README's table lists every operator, in the order of the table in the code", async () => {
  const readme = await readFile(new URL("../README.md", import.meta.url), "utf8");
  const firstCells = [...readme.matchAll(/^\| (`[^|]+) \|/gm)].map(([, cell = ""]) => cell);
  expect(firstCells.flatMap((cell) => [...cell.matchAll(/`(\w+)`/g)].map(([, name]) => name))).toEqual(OPERATOR_NAMES);
});
