import { existsSync, readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "@jest/globals";
import { stepActionContracts } from "./index.js";
import { ACTIONS_OF_OTHER_HOSTS } from "./not-on-this-host.js";

const contracts = stepActionContracts.names.flatMap((name) => stepActionContracts.get(name) ?? []);
const folders = readdirSync(new URL(".", import.meta.url)).filter((name) => existsSync(new URL(`./${name}/contract.ts`, import.meta.url)));
const readme = readFileSync(new URL("../README.md", import.meta.url), "utf8");

test("each folder has one action: its contract and its tests", () => {
  const expected = contracts.map(({ name }) => folderOf(name)).sort();
  expect(folders.sort()).toEqual(expected);
  for (const folder of expected)
    expect([folder, existsSync(new URL(`./${folder}/contract.test.ts`, import.meta.url))]).toEqual([folder, true]);
});

describe.each(contracts.map((contract) => [contract.name, contract] as const))("%s", (name, contract) => {
  test("runs on a local host, or is refused there", () => {
    const runs = existsSync(new URL(`./${folderOf(name)}/run.ts`, import.meta.url));
    expect(runs).toBe(!ACTIONS_OF_OTHER_HOSTS.some(([refused]) => refused === contract));
  });

  test("has a line in the README with its outputs", () => {
    const row = readme.split("\n").find((text) => text.startsWith(`| ${name} |`));
    expect(row?.split("|")[3]?.trim()).toBe(
      Object.keys(contract.outputs)
        .map((output) => `\`${output}\``)
        .join(", ") || "–",
    );
  });

  test("has a summary and descriptions that are sentences", () => {
    const texts = [
      contract.summary,
      contract.rollback ?? "None.",
      ...Object.values(contract.outputs).map(({ description }) => description),
    ];
    for (const text of texts) expect(text).toMatch(/^[A-Z][^\n]*\.$/);
  });

  test("is allowed in a type, within limits that fit", () => {
    const { default: usual, maximum } = contract.timeoutSeconds;
    expect(contract.workflowTypes.length).toBeGreaterThan(0);
    expect(usual > 0 && usual <= maximum && maximum <= 7 * 86_400).toBe(true);
  });

  test("takes a mapping without other keys", () => {
    const { input, launchedInstance } = contract;
    expect(input).toMatchObject({ type: "object", additionalProperties: false });
    const keys = Object.keys(input["properties"] as object);
    for (const key of [...(input["required"] as readonly string[]), ...(launchedInstance === undefined ? [] : [launchedInstance])])
      expect(keys).toContain(key);
  });
});

/** `WaitForSSMAgent` is in `wait-for-ssm-agent`. */
function folderOf(name: string): string {
  return name
    .replace(/([a-z])([A-Z])/g, "$1-$2")
    .replace(/([A-Z]+)([A-Z][a-z])/g, "$1-$2")
    .toLowerCase();
}
