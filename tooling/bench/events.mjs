import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { agentExecutable } from "../../apps/agent/dist/index.js";
import { chooseBuildHost, followJob, inspectEngines, jobFolder, resolveParentImage } from "../../packages/build-hosts/dist/index.js";

const STEPS = 100;

/** How long after it happened an event of the agent in a container reaches whoever follows its job. */
export async function eventLatency(folder) {
  const what = `an event of the agent in a container reaches its reader; 95 of 100 within`;
  const engine = (await inspectEngines()).find(({ usable }) => usable)?.engine;
  if (engine === undefined) return [{ what, detail: "there is no usable container engine" }];
  const state = join(folder, "events-state");
  mkdirSync(state);
  const { host } = await chooseBuildHost({ preferred: engine, stateFolder: state });
  const { image } = await resolveParentImage({ host, reference: "mmdebstrap:bookworm/minimal", pull: false });
  const spec = { kind: "container", image: image.reference, tools: { "ib-agent": agentExecutable() } };
  const machine = await host.launch(spec, { owner: "bench", token: "launch" });
  const delays = await delaysOf(host, machine).finally(() => host.terminate(machine));
  const [half, most] = [0.5, 0.95].map((share) => delays[Math.floor(delays.length * share)]);
  return [{ what, value: most, unit: " ms", limit: 100, detail: `half within ${half} ms; ${delays.length} events, ${engine}` }];
}

/** In milliseconds, sorted. */
async function delaysOf(host, machine) {
  const place = jobFolder(machine, "run");
  const command = [`${machine.toolsFolder}/ib-agent`, "run", "--documents", `${place}/document.yaml`, "--job", place];
  const job = await host.startJob(machine, { command, files: { "document.yaml": { text: document() } } }, "run");
  const delays = [];
  const onReading = ({ eventLines }) => {
    const now = Date.now();
    for (const line of eventLines) delays.push(now - JSON.parse(line).time);
  };
  const end = await followJob(host, job, { onReading });
  if (end.kind !== "exited" || end.exitCode !== 0 || delays.length < STEPS) throw new Error(`the job ended: ${JSON.stringify(end)}`);
  return delays.sort((a, b) => a - b);
}

function document() {
  const steps = Array.from({ length: STEPS }, (_, index) => {
    return `      - { name: Step${index}, action: ExecuteBash, inputs: { commands: ["sleep 0.03"] } }`;
  });
  return `schemaVersion: 1.0\nphases:\n  - name: build\n    steps:\n${steps.join("\n")}\n`;
}
