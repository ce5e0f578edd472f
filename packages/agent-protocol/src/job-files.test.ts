import { expect, test } from "@jest/globals";
import { isJobFile } from "./index.js";

const LOGS = "logs/TOE_2026-11-28_14-00-00_UTC-0_0d6f3a52-7d0e-4f6c-9f0e-2f6f6a4d7c11";

test.each([
  ...["events.jsonl", "result.json"],
  ...["application.log", "chaining.json", "console.log", "detailedoutput.json", "document.yaml", "document-2.yaml"].map(
    (name) => `${LOGS}/${name}`,
  ),
])("%s is a file of a job", (path) => expect(isJobFile(path)).toBe(true));

test.each([
  ...["", "x", "ib-agent", "run.json", "result.json.draft", "logs", "state/run-1/journal.jsonl", "logs/console.log", LOGS, `${LOGS}/`],
  ...[`${LOGS}/huge`, `${LOGS}/link`, `${LOGS}/sub/console.log`, `${LOGS}/../console.log`, `/${LOGS}/console.log`, `./${LOGS}/console.log`],
  ...[`${LOGS}\n/console.log`, `${LOGS}/console.log\n`, `${LOGS}/document-0.yaml`, `logs/TOE_x/console.log`],
])("%j is none", (path) => expect(isJobFile(path)).toBe(false));
