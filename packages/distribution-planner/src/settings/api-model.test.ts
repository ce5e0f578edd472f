import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "@jest/globals";
import type { ObjectShape, Shape, StringShape } from "../shapes/shape.js";
import { settingsShape } from "./settings-shape.js";

// the service's API model, which lies beside the checkout and is no part of it
const path = fileURLToPath(new URL("../../../../../shared/reference/imagebuilder-2019-12-02.smithy.json", import.meta.url));
const there = existsSync(path);
const suite = there ? describe : describe.skip;

interface ModelShape {
  readonly type: string;
  readonly traits?: Readonly<Record<string, unknown>>;
  readonly members?: Readonly<Record<string, { readonly target: string; readonly traits?: Readonly<Record<string, unknown>> }>>;
  readonly member?: { readonly target: string };
  readonly key?: { readonly target: string };
  readonly value?: { readonly target: string };
}

// the model at hand is older than these, or has them on what GetDistributionConfiguration gives
const BEYOND = ["ssmParameterConfigurations", "distributionConfigurationArn", "arn", "timeoutMinutes", "dateCreated", "dateUpdated"];
// both are asked for by a rule, as an update has neither
const NOT_ALWAYS = ["name", "clientToken"];
// the model takes any text, and a name that no Region can have is a mistake
const STRICTER = ["region"];

suite(`the shapes of the API model${there ? "" : " (skipped: the model does not lie beside the checkout)"}`, () => {
  const model: Readonly<Record<string, ModelShape>> = there ? JSON.parse(readFileSync(path, "utf8")).shapes : {};
  const modelOf = (target: string): ModelShape => model[target] ?? { type: target.replace("smithy.api#", "").toLowerCase() };
  const trait = (shape: ModelShape, name: string) => shape.traits?.[`smithy.api#${name}`];

  test("members, what is required, lengths, ranges, values and patterns are those of the model", () => {
    const compared: string[] = [];
    compare(settingsShape, modelOf("com.amazonaws.imagebuilder#CreateDistributionConfigurationRequest"), "settings");
    expect(compared.length).toBeGreaterThan(50);

    function compare(ours: Shape, theirs: ModelShape, place: string): void {
      compared.push(place);
      const limits = (trait(theirs, "length") ?? trait(theirs, "range") ?? {}) as { min?: number; max?: number };
      if (ours.type === "object") compareMembers(ours, theirs, place);
      else if (ours.type === "enum")
        expect([place, [...ours.values].sort()]).toEqual([
          place,
          Object.values(theirs.members ?? {})
            .map((member) => member.traits?.["smithy.api#enumValue"])
            .sort(),
        ]);
      else if (ours.type === "boolean") expect([place, theirs.type]).toEqual([place, "boolean"]);
      else if (ours.type === "string") compareText(ours, theirs, place);
      else expect([place, ours.least, ours.most]).toEqual([place, limits.min ?? 0, limits.max]);
      if (ours.type === "list") compare(ours.of as Shape, modelOf(theirs.member?.target ?? ""), `${place}[]`);
      if (ours.type === "map") {
        compareText(ours.key, modelOf(theirs.key?.target ?? ""), `${place} key`);
        compareText(ours.value, modelOf(theirs.value?.target ?? ""), `${place} value`);
      }
    }

    function compareMembers(ours: ObjectShape, theirs: ModelShape, place: string): void {
      const names = [...ours.members.keys()].filter((name) => !BEYOND.includes(name));
      expect([place, names.sort()]).toEqual([place, Object.keys(theirs.members ?? {}).sort()]);
      for (const [name, member] of Object.entries(theirs.members ?? {})) {
        const required = member.traits?.["smithy.api#required"] !== undefined && !NOT_ALWAYS.includes(name);
        expect([place, name, Object.hasOwn(ours.required as object, name)]).toEqual([place, name, required]);
        if (!STRICTER.includes(name)) compare(ours.members.get(name) as Shape, modelOf(member.target), `${place}.${name}`);
      }
    }

    function compareText(ours: StringShape, theirs: ModelShape, place: string): void {
      const { min, max } = (trait(theirs, "length") ?? {}) as { min?: number; max?: number };
      expect([place, ours.least, ours.most]).toEqual([place, min, max]);
      // an escape that means nothing inside of a class, and the one that a literal needs, are no difference
      const plain = (pattern: unknown) =>
        pattern === undefined ? undefined : String(pattern).replaceAll("\\.", ".").replaceAll("\\/", "/");
      expect([place, plain(ours.form?.pattern.source)]).toEqual([place, plain(trait(theirs, "pattern"))]);
    }
  });
});
