import type { ContainerHost, MachineRef } from "@imagewright/build-hosts";
import type { WorkflowExecution } from "@imagewright/workflow-engine";
import { stepActionError } from "../errors.js";
import { launch } from "../launch-instance/launch.js";
import { instanceIdOf } from "./instance-id.js";

export interface InstancesOptions {
  readonly host: ContainerHost;
  /** The build that owns the instances, and what is made of them. */
  readonly owner: string;
  /** The packed agent on this machine, for the platform of the containers. */
  readonly agent: string;
  /** Asked for an instance whose workflow has failed: whether it stays. Without it, none does. */
  readonly keeps?: ((machine: MachineRef) => boolean) | undefined;
}

/**
 * The instances of a build: machines of a build host that each process which continues the build finds by the ids that workflows have for
 * them.
 */
export class Instances {
  readonly #options: InstancesOptions;
  readonly #ending = new Map<string, Promise<void>>();

  constructor(options: InstancesOptions) {
    this.#options = options;
  }

  get host(): ContainerHost {
    return this.#options.host;
  }

  get owner(): string {
    return this.#options.owner;
  }

  /** Launches an instance, or returns the one with this id. */
  launch(instanceId: string, image: string, signal: AbortSignal): Promise<MachineRef> {
    return launch(this.#options, image, { token: instanceId, signal });
  }

  /** The machine of an instance of this build. Errors: instance-unknown. */
  async find(instanceId: string): Promise<MachineRef> {
    const machine = this.#ending.has(instanceId) ? undefined : await this.#lookUp(instanceId);
    if (machine === undefined) throw stepActionError("instance-unknown", { instance: instanceId });
    return machine;
  }

  /** Terminates an instance, and waits until it is gone. Nothing if it is gone already. */
  async terminate(instanceId: string): Promise<void> {
    // what has failed in the background is tried again
    await this.#ending.get(instanceId)?.catch(() => undefined);
    const machine = await this.#lookUp(instanceId);
    if (machine !== undefined) await this.host.terminate(machine);
  }

  /** Terminates an instance in the background: `endAll` waits for it. */
  beginTermination(instanceId: string): void {
    const ending = this.terminate(instanceId);
    ending.catch(() => undefined);
    this.#ending.set(instanceId, ending);
  }

  /** Terminates an instance whose workflow has failed or was cancelled, unless it is to be kept. One whose termination has begun is not. */
  async terminateFailed(instanceId: string): Promise<void> {
    if (this.#ending.has(instanceId)) return this.terminate(instanceId);
    const machine = await this.#lookUp(instanceId);
    if (machine !== undefined && this.#options.keeps?.(machine) !== true) await this.terminate(instanceId);
  }

  /**
   * Terminates what workflows have launched and left, and waits for the terminations in progress; instances of failed workflows stay if
   * they are to be kept. To be called when the workflows have ended, by whatever process then works on the build.
   */
  async endAll(executions: readonly WorkflowExecution[]): Promise<void> {
    for (const { steps, failure } of executions)
      for (const { action, stepExecutionId } of steps) {
        if (action !== "LaunchInstance") continue;
        const instanceId = instanceIdOf(stepExecutionId);
        await (failure === undefined ? this.terminate(instanceId) : this.terminateFailed(instanceId));
      }
  }

  #lookUp(instanceId: string): Promise<MachineRef | undefined> {
    return this.host.findMachine({ owner: this.owner, token: instanceId });
  }
}
