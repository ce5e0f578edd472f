import { describe, expect, test } from "@jest/globals";
import { SourceFile } from "@imagewright/diagnostics";
import { runAction } from "@imagewright/test-kit";
import { checkPlain, checkSchema, parseYaml, toPlain } from "@imagewright/yaml-syntax";
import { reboot } from "./index.js";

/** Runs the action with inputs as written in a document; returns the faults of the schema check, if any. */
async function rebootWith(yaml: string) {
  const { root } = parseYaml(new SourceFile("inputs.yaml", yaml));
  if (root === undefined) throw new Error("no inputs");
  const faults = checkSchema(root, reboot.input.schema, { what: "the inputs of Reboot" }).map(({ message }) => message);
  if (faults.length > 0) return faults;
  const { value } = checkPlain(toPlain(root), reboot.input.schema);
  return (await runAction(reboot, value as { readonly delaySeconds?: number }, { workingDirectory: "/" })).result;
}

const after = (delaySeconds: number) => ({ status: "reboot", resume: "next-step", delaySeconds });

describe("chapter 19: Reboot asks for a restart, after which the next step runs", () => {
  test.each([
    ["no delay in an empty mapping", "{}", after(0)],
    ["no delay in a key without a value", "delaySeconds:", after(0)],
    ["a delay of 0", "delaySeconds: 0", after(0)],
    ["a delay", "delaySeconds: 60", after(60)],
    ["a delay in quotes", 'delaySeconds: "60"', after(60)],
    ["delaySeconds is negative", "delaySeconds: -1", ['"delaySeconds" must be at least 0; found "-1"']],
    ["delaySeconds is not a whole number", "delaySeconds: soon", ['"delaySeconds" must be a whole number; found "soon"']],
    ["an unknown key", "delay: 5", ['the inputs of Reboot: unknown key "delay"; allowed: "delaySeconds"; did you mean "delaySeconds"?']],
  ])("%s", async (_, yaml, expected) => {
    expect(await rebootWith(yaml)).toEqual(expected);
  });

  test("inputs may be omitted, and macOS has no Reboot", () => {
    expect([reboot.input.optional, reboot.platforms]).toEqual([true, ["linux"]]);
  });
});
