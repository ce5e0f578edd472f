import { existsSync, readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "@jest/globals";
import { SourceFile } from "@imagewright/diagnostics";
import { checkWorkflow, type StepActionContract } from "@imagewright/workflow-engine";
import { stepActionContracts } from "./index.js";
import { ACTIONS_OF_OTHER_HOSTS } from "./not-on-this-host.js";

const contracts = stepActionContracts.names.flatMap((name) => stepActionContracts.get(name) ?? []);
const folders = readdirSync(new URL(".", import.meta.url)).filter((name) => existsSync(new URL(`./${name}/contract.ts`, import.meta.url)));
const readme = readFileSync(new URL("../README.md", import.meta.url), "utf8");

test("each folder has one action: its contract, its tests and its README", () => {
  const expected = contracts.map(({ name }) => folderOf(name)).sort();
  expect(folders.sort()).toEqual(expected);
  for (const folder of expected)
    for (const file of ["contract.test.ts", "README.md"])
      expect([folder, file, existsSync(new URL(`./${folder}/${file}`, import.meta.url))]).toEqual([folder, file, true]);
});

test("BLD-027: steps have the time that the guide gives them, unless their document says another one", () => {
  const minutes = Object.fromEntries(contracts.map(({ name, timeoutSeconds }) => [name, timeoutSeconds.default / 60]));
  expect(minutes).toMatchObject({
    ...{ LaunchInstance: 60, ExecuteComponents: 720, CreateImage: 720, SanitizeInstance: 60, RunSysPrep: 60 },
    ...{ CollectImageMetadata: 30, CollectImageScanFindings: 120, TerminateInstance: 30 },
  });
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

  test("has a README with its summary, an example that is valid, its inputs, its outputs, and what it does here", () => {
    const text = readFileSync(new URL(`./${folderOf(name)}/README.md`, import.meta.url), "utf8");
    const flat = text.replace(/\s+/g, " ");
    expect(flat.startsWith(`# ${name} ${contract.summary} `)).toBe(true);
    const properties = contract.input["properties"] as object;
    const required = contract.input["required"] as readonly string[];
    expect(tableOf(text, "input")).toEqual(Object.keys(properties).map((key) => [key, required.includes(key) ? "yes" : "no"]));
    expect(tableOf(text, "output")).toEqual(Object.entries(contract.outputs).map(([key, { type }]) => [key, type]));
    const refused = ACTIONS_OF_OTHER_HOSTS.find(([other]) => other === contract);
    expect(flat).toContain("## On a build host of this machine ");
    expect(flat.includes("is refused before anything is launched")).toBe(refused !== undefined);
    if (refused !== undefined) expect(flat).toContain(`is launched: ${refused[1]}.`);
    expect(flat.includes("It has no rollback.")).toBe(contract.rollback === undefined);
    expect(faultsOfExample(text, contract)).toEqual([]);
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

/** The first two cells of each row of a table in a README. */
function tableOf(readme: string, heading: string): string[][] {
  const rows = new RegExp(`^\\| ${heading} +\\|.*\\n\\|[-| ]+\\n((?:\\|.*\\n)*)`, "m").exec(readme)?.[1] ?? "";
  const cells = rows
    .split("\n")
    .filter((row) => row !== "")
    .map((row) => row.split("|").map((cell) => cell.trim().replaceAll("`", "")));
  return cells.map(([, name = "", second = ""]) => [name, second]);
}

/** The faults of a document with the example of a README, after the steps that it refers to. */
function faultsOfExample(readme: string, { workflowTypes: [type = "BUILD"] }: StepActionContract): readonly string[] {
  const [, example = ""] = /```yaml\n(.*?)```/s.exec(readme) ?? [];
  const before = [
    ["Launch", "{ name: Launch, action: LaunchInstance, inputs: { waitFor: ssmAgent } }"],
    ["Copy", "{ name: Copy, action: DistributeImage }"],
  ].flatMap(([step = "", line]) => (example.includes(`$.stepOutputs.${step}.`) ? [`  - ${line}\n`] : []));
  const text = `schemaVersion: 1.0\nsteps:\n${before.join("")}${example.replace(/^/gm, "  ").trimEnd()}\n`;
  const { diagnostics } = checkWorkflow(new SourceFile("readme.yaml", text), { registry: stepActionContracts, type });
  return diagnostics.map(({ message }) => message);
}

/** `WaitForSSMAgent` is in `wait-for-ssm-agent`. */
function folderOf(name: string): string {
  return name
    .replace(/([a-z])([A-Z])/g, "$1-$2")
    .replace(/([A-Z]+)([A-Z][a-z])/g, "$1-$2")
    .toLowerCase();
}
