import { spawnSync } from "node:child_process";
import { mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { compare, measure, median } from "./measure.mjs";

const AGENT = join(import.meta.dirname, "..", "..", "apps", "agent", "dist", `ib-agent-${process.platform}-${process.arch}`);

/** 500 steps that echo, compared with a bash loop that starts bash 500 times. */
export async function agentSteps(folder) {
  const document = writeDocument(folder, 500);
  const { ratio, ours, theirs } = await compare(11, () => runAgent(folder, document), bashLoop);
  return [
    {
      what: "500 ExecuteBash steps, next to a bash loop that starts `bash -c` 500 times",
      value: ratio,
      unit: " times",
      limit: 1.5,
      detail: both(ours, theirs),
    },
  ];
}

/** The same 100 tasks as a playbook. */
export async function agentStepsBesideAnsible(folder) {
  const what = "one of 100 steps, next to one task of ansible-playbook on localhost: faster by";
  if (spawnSync("ansible-playbook", ["--version"]).status !== 0)
    return [{ what, detail: "ansible-playbook is not installed (Debian's package is ansible-core)" }];
  const document = writeDocument(folder, 100);
  const tasks = Array.from({ length: 100 }, (_, step) => ({ name: `Step${step}`, "ansible.builtin.command": `echo ${step}` }));
  const playbook = join(folder, "playbook.yaml");
  writeFileSync(playbook, JSON.stringify([{ hosts: "localhost", connection: "local", gather_facts: false, tasks }]));
  const { ratio, ours, theirs } = await compare(
    3,
    () => measure(["ansible-playbook", "-i", "localhost,", playbook]),
    () => runAgent(folder, document),
  );
  return [
    {
      what,
      value: ratio,
      unit: " times",
      limit: 50,
      atLeast: true,
      detail: `${(theirs * 10).toFixed(1)} ms a step, ${(ours * 10).toFixed(0)} ms a task`,
    },
  ];
}

/** Start-up compared with Node's own. */
export async function agentStart(folder) {
  const document = writeDocument(folder, 1);
  const node = () => measure([process.execPath, "-e", "0"]);
  const version = await compare(21, () => measure([AGENT, "--version"]), node);
  const run = await compare(21, () => runAgent(folder, document), node);
  return [
    { what: "`ib-agent --version`, next to `node -e 0`", value: version.ratio, unit: " times", detail: both(version.ours, version.theirs) },
    {
      what: "`ib-agent run` of a one-step document, next to `node -e 0`",
      value: run.ratio,
      unit: " times",
      limit: 0.95,
      detail: both(run.ours, run.theirs),
    },
  ];
}

/** Peak memory, also while a step prints 1 GiB; the log must contain all of it. */
export async function agentMemory(folder) {
  const steps = [await runAgent(folder, writeDocument(folder, 500)), await runAgent(folder, writeDocument(folder, 500))];
  const line = "a".repeat(99);
  const document = join(folder, "gibibyte.yaml");
  const printed = 1024 ** 3;
  writeFileSync(document, documentOf([`yes ${line} | head -c ${printed}`]));
  const logs = join(folder, "large-logs");
  mkdirSync(logs);
  const large = await measure([AGENT, "run", "-d", document, "-l", logs]);
  const size = statSync(join(logs, readdirSync(logs)[0], "console.log")).size;
  rmSync(logs, { recursive: true });
  const node = await measure([process.execPath, "-e", "setTimeout(() => 0, 100)"]);
  if (size < printed) throw new Error(`the log of 1 GiB of output has only ${size} bytes`);
  return [
    {
      what: "peak memory over 500 steps, next to `node -e` doing nothing",
      value: median(steps.map(({ peak }) => peak)) / node.peak,
      unit: " times",
      detail: `${median(steps.map(({ peak }) => peak)).toFixed(0)} MiB, node ${node.peak.toFixed(0)} MiB`,
    },
    {
      what: "peak memory while a step prints 1 GiB, next to the 500 small steps",
      value: large.peak / median(steps.map(({ peak }) => peak)),
      unit: " times",
      limit: 2,
      detail: `${large.peak.toFixed(0)} MiB, ${(1024 / large.seconds).toFixed(0)} MiB/s, all of it in the log (${(size / 1024 ** 2).toFixed(0)} MiB with its time stamps)`,
    },
  ];
}

async function runAgent(folder, document) {
  const logs = join(folder, "logs");
  mkdirSync(logs, { recursive: true });
  const result = await measure([AGENT, "run", "-d", document, "-l", logs]);
  rmSync(logs, { recursive: true });
  return result;
}

function bashLoop() {
  return measure(["bash", "-c", 'for i in $(seq 500); do bash -c "echo $i" > /dev/null; done']);
}

function writeDocument(folder, steps) {
  const path = join(folder, `steps-${steps}.yaml`);
  writeFileSync(path, documentOf(Array.from({ length: steps }, (_, step) => `echo ${step}`)));
  return path;
}

function documentOf(commands) {
  const steps = commands.map(
    (command, step) =>
      `      - name: Step${step}\n        action: ExecuteBash\n        inputs:\n          commands:\n            - ${command}\n`,
  );
  return `schemaVersion: 1.0\nphases:\n  - name: build\n    steps:\n${steps.join("")}`;
}

function both(ours, theirs) {
  return `${format(ours)} and ${format(theirs)}`;
}

function format(seconds) {
  return seconds < 1 ? `${(seconds * 1000).toFixed(0)} ms` : `${seconds.toFixed(2)} s`;
}
