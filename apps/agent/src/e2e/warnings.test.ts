import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { withTemporaryFolder } from "@imagewright/test-kit";
import { expect, test } from "@jest/globals";
import { ibAgent } from "./agent.js";

const DOCUMENT = `schemaVersion: 1.0
phases:
  - name: build
    steps:
      - name: Survives
        action: ExecuteBash
        inputs:
          commands:
            - no-such-command
            - echo done
`;
const WARNING = `a.yaml:9: warning: "no-such-command" was not found, and the script went on without it
  try: install "no-such-command" in an earlier step, or give its full path
`;

test("a command that is missing in the middle of a script is a warning on standard error, and of the event", () =>
  withTemporaryFolder(async (folder) => {
    await writeFile(join(folder, "a.yaml"), DOCUMENT);
    const { code, stderr } = await ibAgent(["run", "-d", "a.yaml", "--state-directory", "state", "--job", "job"], { folder });
    expect([code, stderr]).toEqual([0, WARNING]);
    const events = (await readFile(join(folder, "job", "events.jsonl"), "utf8")).trimEnd().split("\n");
    const results = events.map((line) => JSON.parse(line) as { result?: { warnings?: unknown } }).flatMap(({ result }) => result ?? []);
    expect(results).toMatchObject([
      {
        warnings: [
          {
            line: 9,
            message: '"no-such-command" was not found, and the script went on without it',
            hints: ['install "no-such-command" in an earlier step, or give its full path'],
          },
        ],
      },
    ]);
  }));
