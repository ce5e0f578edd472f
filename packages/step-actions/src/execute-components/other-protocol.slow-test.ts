// An agent of another major version: a script here, since there is none yet.
import { execFileSync } from "node:child_process";
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { importSmallImage } from "@imagewright/build-hosts/small-image";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { IN, LAUNCH, TERMINATE } from "../testing/checked-text.js";
import { findHostProblem } from "../testing/host-problem.js";
import { bashComponents } from "../testing/test-components.js";
import { messageOf, TestBuild } from "../testing/test-build.js";

const problem = await findHostProblem();
/** Seconds that no other process of this computer sleeps. */
const SECONDS = 1_000_000 + process.pid;
const AGENT = `#!/bin/sh
while [ "$1" != --job ]; do shift; done
echo '{"type":"run-started","protocol":"2.0","seq":1,"time":1,"jobs":[]}' >> "$2/events.jsonl"
exec sleep ${SECONDS}
`;
(problem === undefined ? describe : describe.skip)(
  `an agent that speaks another protocol${problem === undefined ? "" : ` (skipped: ${problem})`}`,
  () => {
    const image = `localhost/imagewright-test/other-protocol:${process.pid}`;
    let root: string;
    let build: TestBuild;
    beforeAll(async () => {
      root = mkdtempSync(join(tmpdir(), "imagewright-protocol-"));
      const agent = join(root, "agent");
      writeFileSync(agent, AGENT);
      chmodSync(agent, 0o755);
      build = await TestBuild.open({ root, image, agent, parts: { componentsFor: () => bashComponents([["true"]]) } });
      await importSmallImage(build.host, image, []);
    });
    afterAll(async () => {
      await build.close();
      await build.host.removeImage(image);
      rmSync(root, { recursive: true, force: true });
    });

    test("its job is ended at once, and the message has both versions", async () => {
      const execute = `{ name: Components, action: ExecuteComponents, onFailure: Continue, inputs: { ${IN} } }`;
      const wait = `{ name: Wait, action: WaitForAction, onFailure: Continue, timeoutSeconds: 5 }`;
      const running = build.run([LAUNCH, execute, wait, TERMINATE]);
      try {
        // the machine is still there
        await untilRecorded(build, "Wait");
        expect(sleeping()).toEqual([]);
      } finally {
        const message = messageOf(await running, "Components");
        expect(message).toBe("the job speaks version 2.0 of the agent's protocol, and this program understands 1.0");
      }
    });
  },
);

/** Waits until the journal has the begin of a step. */
async function untilRecorded(build: TestBuild, step: string): Promise<void> {
  const hasBegun = () => existsSync(build.journalOf(1)) && readFileSync(build.journalOf(1), "utf8").includes(`"branch":["main","${step}"]`);
  while (!hasBegun()) await sleep(20);
}

function sleeping(): string[] {
  const printed = execFileSync("ps", ["-eo", "args"], { encoding: "utf8" });
  return printed.split("\n").filter((line) => line.trim() === `sleep ${SECONDS}`);
}
