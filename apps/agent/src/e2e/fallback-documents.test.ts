import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { withTemporaryFolder } from "@imagewright/test-kit";
import { expect, test } from "@jest/globals";
import { ibAgent } from "./agent.js";

const running = (document: string) =>
  `schemaVersion: 1.0\nphases: [{ name: build, steps: [{ name: Call, action: ExecuteDocument, inputs: { document: ${document} } }] }]\n`;
const saying = (text: string) =>
  `schemaVersion: 1.0\nphases: [{ name: build, steps: [{ name: Say, action: ExecuteBash, inputs: { commands: ["echo ${text}"] } }] }]\n`;

test.each([
  ["replaces a missing document", "absent.yaml", "from elsewhere"],
  ["does not replace an existing one", "present.yaml", "from here"],
])("fallbackDocuments: a fallback %s", (_what, document, said) =>
  withTemporaryFolder(async (folder) => {
    await writeFile(join(folder, "outer.yaml"), running(document));
    await writeFile(join(folder, "present.yaml"), saying("from here"));
    await writeFile(join(folder, "fallback"), saying("from elsewhere"));
    const config = { documents: [{ path: "outer.yaml" }], fallbackDocuments: { "absent.yaml": "fallback", "present.yaml": "fallback" } };
    await writeFile(join(folder, "run.json"), JSON.stringify(config));
    const { code, stderr } = await ibAgent(["run", "--config", "run.json", "--trace", "--state-directory", "state"], { folder });
    expect([code, stderr]).toEqual([0, expect.stringContaining(`Stdout: ${said}\n`)]);
  }),
);
