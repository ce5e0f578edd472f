import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { standardRegistry as registry } from "@imagewright/action-modules";
import { createNodeHost } from "@imagewright/node-host";
import { withTemporaryFolder } from "@imagewright/test-kit";
import { expect, test } from "@jest/globals";
import { checkComponents, prepareComponents, runComponents } from "../index.js";

/** The settings of the example, by key; the agent reads the file itself, and its tests show that flags override it. */
const CONFIG = `{
  "documents": [
    { "path": "FOLDER/weather.yaml", "parameters": [{ "name": "dayName", "value": "Tuesday" }] },
    { "path": "FOLDER/talk.yaml", "parameters": [{ "name": "welcome", "value": "Hello, you." }] }
  ],
  "phases": "build,test",
  "parameters": [{ "name": "venture", "value": "trials" }],
  "executionId": "number-1",
  "logDirectory": "FOLDER/logs"
}`;

interface Given {
  readonly name: string;
  readonly value: string;
}
interface Config {
  readonly documents: readonly { readonly path: string; readonly parameters: readonly Given[] }[];
  readonly phases: string;
  readonly parameters: readonly Given[];
  readonly executionId: string;
  readonly logDirectory: string;
}

const document = (own: string) => `schemaVersion: 1.0
parameters:
  - ${own}: { type: string, default: nothing }
  - venture: { type: string, default: nothing }
phases:
${["build", "validate", "test"].map((phase) => `  - { name: ${phase}, steps: [{ name: Tell, action: ExecuteBash, inputs: { commands: ["echo '${phase}: {{ ${own} }} {{ venture }}'"] } }] }\n`).join("")}`;

const valuesOf = (given: readonly Given[]) => new Map(given.map(({ name, value }) => [name, value]));

test("chapter 20, examples: each document has its own parameter, both have the global one, and only the given phases run", () =>
  withTemporaryFolder(async (folder) => {
    await writeFile(join(folder, "weather.yaml"), document("dayName"));
    await writeFile(join(folder, "talk.yaml"), document("welcome"));
    const config = JSON.parse(CONFIG.replaceAll("FOLDER", folder)) as Config;
    const phases = config.phases.split(",");
    const { documents, diagnostics } = await checkComponents({
      locations: config.documents.map(({ path }) => path),
      registry,
      platforms: ["linux"],
    });
    const { prepared, unused } = prepareComponents(documents, {
      parametersOf: (index) => valuesOf(config.documents[index]?.parameters ?? []),
      parameters: valuesOf(config.parameters),
      phases,
    });
    expect([diagnostics, unused]).toEqual([[], []]);
    const { outcome } = await runComponents({
      ...{ registry, host: createNodeHost(), environment: { PATH: process.env["PATH"] ?? "" }, signal: new AbortController().signal },
      ...{ executionId: config.executionId, documents: prepared, phases, logDirectory: config.logDirectory, workingDirectory: folder },
    });
    if (outcome.status === "restart") throw new Error("a restart is asked for");
    const printed = outcome.documents.flatMap(({ phases }) =>
      phases.flatMap(({ steps }) => steps.flatMap(({ outputs }) => outputs.map(({ stdout }) => stdout))),
    );
    expect(printed).toEqual(["build: Tuesday trials", "test: Tuesday trials", "build: Hello, you. trials", "test: Hello, you. trials"]);
  }));
