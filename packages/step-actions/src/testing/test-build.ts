import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { chooseBuildHost, type ContainerHost } from "@imagewright/build-hosts";
import { openJournal } from "@imagewright/durability";
import { runWorkflow, type StepActionOutputs, type WorkflowExecution, type WorkflowType } from "@imagewright/workflow-engine";
import type { StepActionEvent, StepActionParts } from "../parts.js";
import { Instances } from "../instances/instances.js";
import { localStepActions } from "../local-step-actions.js";
import { stepActionContracts } from "../step-action-contracts.js";
import { checkedSteps } from "./checked-text.js";

export interface TestBuildOptions {
  /** The folder for everything: the state of the host, the build. */
  readonly root: string;
  readonly image: string;
  readonly agent?: string;
  readonly parts?: Partial<StepActionParts>;
  readonly keeps?: boolean;
  /** The name of the build's folder. */
  readonly name?: string;
}

/** A build on a host with a state of its own, whose workflows are run step by step over a journal. */
export class TestBuild {
  readonly events: StepActionEvent[] = [];
  readonly instances: Instances;
  readonly parts: StepActionParts;
  #runs = 0;

  private constructor(
    readonly host: ContainerHost,
    readonly folder: string,
    { image, agent = process.execPath, parts = {}, keeps = false }: TestBuildOptions,
  ) {
    this.instances = new Instances({ host, owner: "test-build", agent, keeps: () => keeps });
    this.parts = {
      ...{ instances: this.instances, folder, logs: join(folder, "logs"), workingDirectory: "/tmp/work" },
      ...{ imageFor: () => image, imageSettings: {} },
      componentsFor: () => ({ components: [], nestedDocuments: [], phases: ["build", "validate"], workingDirectory: "/tmp" }),
      onEvent: (event) => this.events.push(event),
      ...parts,
    };
  }

  static async open(options: TestBuildOptions): Promise<TestBuild> {
    const { host } = await chooseBuildHost({ preferred: "buildah", stateFolder: join(options.root, "state") });
    const folder = join(options.root, options.name ?? "build");
    mkdirSync(folder, { recursive: true });
    return new TestBuild(host, folder, options);
  }

  /** Runs a workflow with these steps to its end. */
  async run(steps: readonly string[], type: WorkflowType = "BUILD"): Promise<WorkflowExecution> {
    const journal = await openJournal(this.journalOf(++this.#runs));
    try {
      const request = { workflow: checkedSteps(steps, type), actions: localStepActions(this.parts), durability: journal.durability() };
      const execution = await runWorkflow(request);
      requireOutputs(execution);
      return execution;
    } finally {
      await journal.close();
    }
  }

  /** The file of the journal of a run, counted from 1. */
  journalOf(run: number): string {
    return join(this.folder, `run-${run}.jsonl`);
  }

  /** Removes all that it has made. */
  async close(): Promise<void> {
    await this.host.removeOrphans(new Set());
  }

  get notices(): string[] {
    return this.events.flatMap((event) => (event.type === "notice" ? [event.text] : []));
  }
}

const TYPES: Readonly<Record<string, (value: unknown) => boolean>> = {
  string: (value) => typeof value === "string",
  stringList: (value) => Array.isArray(value) && value.every((item) => typeof item === "string"),
  list: Array.isArray,
};

/** Throws unless each step that has completed gives what the contract of its action names, in these types, and nothing else. */
function requireOutputs({ steps }: WorkflowExecution): void {
  for (const { name, action, status, outputs } of steps) {
    const declared = stepActionContracts.get(action)?.outputs ?? {};
    if (status !== "COMPLETED") continue;
    const given = JSON.parse(outputs ?? "{}") as StepActionOutputs;
    const names = [...new Set([...Object.keys(declared), ...Object.keys(given)])];
    const wrong = names.filter((key) => TYPES[declared[key]?.type ?? "none"]?.(given[key]) !== true);
    if (wrong.length > 0) throw new Error(`outputs of ${name} (${action}) that are not those of its contract: ${wrong.join(", ")}`);
  }
}

/** The outputs of a step that has completed; otherwise throws its message. */
export function outputsOf({ steps }: WorkflowExecution, name: string): StepActionOutputs {
  const step = steps.find((candidate) => candidate.name === name);
  if (step?.status !== "COMPLETED") throw new Error(`${name} is ${step?.status}: ${step?.message}`);
  return JSON.parse(step.outputs ?? "{}") as StepActionOutputs;
}

/** The message of a step. */
export function messageOf({ steps }: WorkflowExecution, name: string): string | undefined {
  return steps.find((step) => step.name === name)?.message;
}
