import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "@jest/globals";
import { LifecyclePlan, readImages } from "./index.js";
import { policy } from "./testing/builders.js";

const readme = readFileSync(new URL("../README.md", import.meta.url), "utf8");

test("the example of the README prints what the README says", () => {
  const [, code = "", output] = /```ts\n([\s\S]*?)```\n\n```\n([\s\S]*?)```/.exec(readme) ?? [];
  const cwd = fileURLToPath(new URL("..", import.meta.url)); // where the package finds itself by name, as it is built
  const input = code.replace("(build: number, dateCreated: string)", "(build, dateCreated)"); // the only types in it
  expect(execFileSync(process.execPath, ["--input-type=module", "-"], { cwd, input, encoding: "utf8" })).toBe(output);
});

test("the images.json of the README is read without a fault, and its image is in use", () => {
  const [, text = ""] = /```json\n([\s\S]*?)```/.exec(readme) ?? [];
  const { images = [], diagnostics } = readImages(text);
  expect(diagnostics).toEqual([]);
  const plan = new LifecyclePlan(policy(), images, { at: new Date("2027-01-01") });
  expect(plan.imageAt(0).resources[0]?.decisions[0]?.reason).toBe('the image is in use by "launch template web"');
});
