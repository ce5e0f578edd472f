import { describe, expect, test } from "@jest/globals";
import { RUN_FLAGS } from "../commands/run-flags.js";
import { VALIDATE_FLAGS } from "../commands/validate.js";
import { readFlags, type Flag, type Flags } from "./flags.js";

const COMMANDS: readonly (readonly [string, Flags])[] = [
  ["run", RUN_FLAGS],
  ["validate", VALIDATE_FLAGS],
];

describe.each(COMMANDS)("the flags of ib-agent %s", (_, table) => {
  const flags = Object.entries(table);

  test.each(flags)("--%s, before and after the others", (name, flag) => {
    for (const [other, description] of flags.filter(([each]) => each !== name)) {
      const [own, others] = [withValue(name, flag), withValue(other, description)];
      expect([other, readFlags(table, [...own, ...others])]).toEqual([other, readFlags(table, [...others, ...own])]);
      expect(Object.keys(readFlags(table, [...own, ...others])).sort()).toEqual([name, other].sort());
    }
  });

  test.each(flags)("--%s takes one value, and is given again only if it is a list", (name, flag) => {
    const own = withValue(name, flag);
    expect(() => readFlags(table, [...own, "more"])).toThrow(
      'unexpected argument "more"; lists have commas between their items, and no spaces',
    );
    if (flag.value === "LIST") expect(readFlags(table, [...own, ...own])).toEqual({ [name]: "1,1" });
    else expect(() => readFlags(table, [...own, ...own])).toThrow(`--${name} is given twice`);
  });
});

function withValue(name: string, { value }: Flag): string[] {
  return value === undefined ? [`--${name}`] : [`--${name}`, "1"];
}
