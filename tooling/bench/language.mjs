import { createRequire } from "node:module";
import { join } from "node:path";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { compare, median } from "./measure.mjs";

setFlagsFromString("--expose-gc");
const collectGarbage = runInNewContext("gc");
const ROOT = join(import.meta.dirname, "..", "..");

/** 1,000 documents of the size that real ones have, in one process, next to the YAML library's own parse of the same texts. */
export async function validation() {
  const { check } = await loadParts();
  const { parseDocument } = createRequire(join(ROOT, "packages", "yaml-syntax", "package.json"))("yaml");
  const texts = Array.from({ length: 1000 }, (_, index) => corpusSized(index));
  const crlf = texts.map((text) => text.replaceAll("\n", "\r\n"));
  return [await row("validation of 1,000 documents, next to `yaml`'s parse of them", texts), await row("the same with CRLF", crlf)];

  async function row(what, documents) {
    for (const text of documents) if (check(text).length > 0) throw new Error(`a generated document has faults:\n${text}`);
    const ours = () => timed(() => documents.forEach((text) => check(text)));
    const theirs = () => timed(() => documents.forEach((text) => parseDocument(text)));
    await compare(2, ours, theirs); // both sides are compiled before they are measured
    const { ratio, ours: checked, theirs: parsed } = await compare(11, ours, theirs);
    const bytes = documents.map(({ length }) => length);
    const sizes = `median ${median(bytes).toFixed(0)} bytes, all ${(bytes.reduce((sum, size) => sum + size, 0) / 1024).toFixed(0)} KiB`;
    return {
      what,
      value: ratio,
      unit: " times",
      limit: 0.5,
      detail: `${(checked * 1000).toFixed(0)} ms and ${(parsed * 1000).toFixed(0)} ms; ${sizes}`,
    };
  }
}

/**
 * A loop that only compares: what an iteration costs in the engine, and with everything the agent stores (logs, and the state to resume
 * from).
 */
export async function loopIterations(folder) {
  const parts = await loadParts();
  const iterations = 10_000;
  const document = parts.prepare(loopDocument(iterations));
  const [engine, agent] = [[], []];
  for (let round = 0; round < 7; round++) {
    engine.push((await timedAsync(() => parts.run(document, folder))).seconds);
    agent.push((await timedAsync(() => parts.runAsAgent(document, folder, round))).seconds);
  }
  const micros = (seconds) => (seconds / iterations) * 1e6;
  // an absolute time on a busy machine: the best round is nearest to the work itself
  const row = (what, samples) => ({
    what,
    value: micros(Math.min(...samples)),
    unit: " µs",
    limit: 50,
    detail: `the best of ${samples.length} rounds; their median is ${micros(median(samples)).toFixed(0)} µs`,
  });
  return [
    row("an iteration of a loop over Assert, 10,000 of them", engine),
    row("the same with logs and a journal, as the agent runs it", agent),
  ];
}

/** How validation grows with the number of steps. */
export async function manySteps() {
  const { check } = await loadParts();
  const sizes = [1000, 2000, 4000, 8000];
  const most = sizes.at(-1);
  const largest = longDocument(10_000);
  // every sample processes the same number of steps, so that each includes its share of garbage collection
  const works = sizes.map((steps) => {
    const text = longDocument(steps);
    return { share: steps / most, run: () => Array.from({ length: most / steps }, () => check(text).length) };
  });
  const all = [...works, { share: 1, run: () => check(largest) }];
  for (const { run } of all) run();
  // other programs cause slow rounds: the best round is nearest to the work itself, and growth compares the processor time of sizes in turn
  const rounds = Array.from({ length: 15 }, () =>
    all.map(({ share, run }) => {
      collectGarbage(); // the garbage of the previous sample does not count for this one
      const { seconds, processor } = timed(run);
      return { seconds: seconds * share, processor: processor * share };
    }),
  );
  const best = all.map((_, index) => Math.min(...rounds.map((samples) => samples[index].seconds)));
  const exponents = rounds.map((samples) =>
    exponent(
      sizes,
      samples.slice(0, sizes.length).map(({ processor }) => processor),
    ),
  );
  const shown = sizes.map((steps, index) => `${steps}: ${(best[index] * 1000).toFixed(0)} ms`).join(", ");
  return [
    {
      what: "validation of a document of 10,000 steps",
      value: best.at(-1),
      unit: " s",
      limit: 1,
      detail: `${(largest.length / 1024).toFixed(0)} KiB`,
    },
    {
      what: "its growth from 1,000 to 8,000 steps, in processor time: the exponent",
      value: median(exponents),
      unit: "",
      limit: 1.1,
      detail: `the median of ${rounds.length} rounds; the best times are ${shown}`,
    },
  ];
}

/** The built packages. */
async function loadParts() {
  const load = (name) => import(join(ROOT, "packages", name, "dist", "index.js"));
  const [{ createRegistry }, { coreActions }, { linuxActions }, { SourceFile, renderText }, engine, { createNodeHost }, { runComponents }] =
    await Promise.all(
      [
        "action-contract",
        "action-modules-core",
        "action-modules-linux",
        "diagnostics",
        "document-engine",
        "node-host",
        "component-runner",
      ].map(load),
    );
  const registry = createRegistry(coreActions, linuxActions);
  const read = (text) => engine.checkDocument(new SourceFile("bench.yaml", text), { registry, platforms: ["linux"] });
  return {
    check: (text) => read(text).diagnostics,
    prepare: (text) => {
      const { document, diagnostics } = read(text);
      if (diagnostics.length > 0) throw new Error(renderText(diagnostics));
      return { document, variables: engine.bindVariables(document, []).variables };
    },
    run: async (document, folder) => {
      const nothing = () => undefined;
      succeeded(await engine.runDocuments({ ...requestFor(document, folder), temporaryDirectory: folder, onEvent: nothing }));
    },
    runAsAgent: async (document, folder, round) => {
      const places = {
        logDirectory: join(folder, `logs-${round}`),
        state: { directory: join(folder, "state"), environment: {}, settings: {} },
      };
      succeeded((await runComponents({ ...requestFor(document, folder), ...places })).outcome);
    },
  };

  function requestFor(document, folder) {
    const common = { executionId: "bench", documents: [document], phases: undefined, registry, host: createNodeHost() };
    return { ...common, workingDirectory: folder, environment: {}, signal: new globalThis.AbortController().signal };
  }
}

function succeeded({ status, failureMessage }) {
  if (status !== "success") throw new Error(`the run is ${status}: ${failureMessage}`);
}

/** Seconds by the clock, and those of processor time, which other programs hardly change. */
function timed(work) {
  const [start, before] = [performance.now(), process.cpuUsage()];
  work();
  const { user, system } = process.cpuUsage(before);
  return { seconds: (performance.now() - start) / 1000, processor: (user + system) / 1e6 };
}

async function timedAsync(work) {
  const start = performance.now();
  await work();
  return { seconds: (performance.now() - start) / 1000 };
}

/** The slope of the straight line through the logarithms. */
function exponent(sizes, seconds) {
  const [xs, ys] = [sizes.map(Math.log), seconds.map(Math.log)];
  const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [x, y] = [mean(xs), mean(ys)];
  return xs.reduce((sum, value, index) => sum + (value - x) * (ys[index] - y), 0) / xs.reduce((sum, value) => sum + (value - x) ** 2, 0);
}

function loopDocument(iterations) {
  return `name: Loop
schemaVersion: 1.0
phases:
  - name: build
    steps:
      - name: Compare
        action: Assert
        loop:
          for:
            start: 1
            end: ${iterations}
            updateBy: 1
        inputs:
          numberGreaterThanEquals: 1
          value: "{{ loop.value }}"
`;
}

// the quartiles of the sizes of real documents: half of them have less than 900 bytes, a quarter more than 1,900, and a few above 10,000
const STEPS = [1, 1, 2, 2, 3, 3, 4, 5, 6, 24];

/** A realistic document: comments, scripts over several lines, references, files. */
function corpusSized(index) {
  const steps = Array.from({ length: STEPS[index % STEPS.length] }, (_, step) => stepOf(index + step, step)).join("");
  return `name: Document ${index}
description: Installs and configures part ${index} of the machine.
schemaVersion: 1.0
parameters:
  - Version:
      type: string
      default: 1.${index}.0
      description: The version to install.
phases:
  - name: build
    steps:
${steps}`;
}

function stepOf(kind, step) {
  if (kind % 3 === 0)
    return `      # sets up service ${step}
      - name: Script${step}
        action: ExecuteBash
        timeoutSeconds: 600
        onFailure: Abort
        inputs:
          commands:
            - set -euo pipefail
            - |
              if [ ! -d /opt/service-${step} ]; then
                mkdir -p /opt/service-${step}
                echo "installing {{ Version }} of $(uname -m)" | tee -a /var/log/setup-${step}.log
              fi
            - 'systemctl enable --now service-${step}'
`;
  if (kind % 3 === 1)
    return `      - name: File${step}
        action: CreateFile
        inputs:
          - path: /etc/service/part-${step}.conf
            content: |
              # written by the image build
              listen = 0.0.0.0:80${step}
              version = {{ Version }}
            permissions: 0644
            overwrite: true
`;
  return `      - name: Choose${step}
        action: ExecuteBash
        if:
          and:
            - fileExists: /etc/os-release
            - not:
                binaryExists: apt-get-${step}
        loop:
          forEach: [curl, "{{ Version }}", unzip]
        inputs:
          commands: ["echo {{ loop.value }} of ${step}"]
`;
}

function longDocument(steps) {
  const step = (index) => `      - name: Step${index}
        action: ExecuteBash
        inputs:
          commands:
            - echo "{{ Version }} after ${index === 0 ? "nothing" : `{{ build.Step${index - 1}.outputs.stdout }}`}"
`;
  return `schemaVersion: 1.0
parameters:
  - Version: { type: string, default: "1" }
phases:
  - name: build
    steps:
${Array.from({ length: steps }, (_, index) => step(index)).join("")}`;
}
