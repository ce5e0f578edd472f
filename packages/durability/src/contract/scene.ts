import { appendFileSync } from "node:fs";
import { join } from "node:path";
import type { Json } from "../json.js";
import type { Durability, StepContext } from "../port.js";

export interface SceneOptions {
  /** The point at which the process kills itself with SIGKILL. */
  readonly killAt?: string | undefined;
  /** Which of several forms of the workflow runs, as after an upgrade. */
  readonly variant?: string | undefined;
  readonly timeoutMilliseconds?: number | undefined;
}

/** What a workflow of the contract test does besides asking for operations: it logs what happens, and is killed at a point. */
export class Scene {
  constructor(
    readonly folder: string,
    readonly execution: string,
    readonly options: SceneOptions,
  ) {}

  /** The log of an execution, which all its processes continue. */
  get log(): string {
    return join(this.folder, `${this.execution}.log`);
  }

  /** Logs a point, and ends the process if it is to end here. */
  reach(point: string): void {
    appendFileSync(this.log, `${point}\n`);
    if (this.options.killAt === point) process.kill(process.pid, "SIGKILL");
  }

  /** A step with the points before, inside at its beginning and end, and after. Its name tells it from steps in other branches. */
  async step<Result extends Json>(
    durability: Durability,
    name: string,
    effect: (context: StepContext) => Promise<Result>,
  ): Promise<Result> {
    this.reach(`before ${name}`);
    const result = await durability.step<Json>(name.split("/").pop() ?? "", async (context) => {
      appendFileSync(this.log, `effect ${name} ${context.token}\n`);
      this.reach(`inside ${name}`);
      try {
        return await effect(context);
      } finally {
        this.reach(`ending ${name}`);
      }
    });
    this.reach(`after ${name}`);
    return result as Result;
  }
}

export type ContractWorkflow = (durability: Durability, scene: Scene) => Promise<Json>;
