import type { ContainerHost, MachineRef } from "@imagewright/build-hosts";
import type { StepContext } from "@imagewright/durability";
import type { StepAction } from "@imagewright/workflow-engine";
import { stepActionError } from "../errors.js";
import { instanceIdInput } from "../input-text.js";
import { commandIdOf } from "../jobs/command-outputs.js";
import { runJob } from "../jobs/run-job.js";
import type { StepActionParts } from "../parts.js";
import { readDetails, removeDetails, writeDetails } from "../step-details.js";
import { collectImageMetadataContract } from "./contract.js";
import type { ImageMetadata } from "./image-metadata.js";
import { knownMetadata } from "./known-metadata.js";
import { METADATA_SCRIPT } from "./metadata-script.js";
import { LARGEST_METADATA, readMetadata } from "./read-metadata.js";

/**
 * Asks the machine itself, in one job, unless the clean-up has done so and nothing has run since. There is no association; its id is that
 * of the step's command.
 */
export function collectImageMetadata({ instances, folder }: StepActionParts): StepAction {
  return {
    ...collectImageMetadataContract,
    run: async (call) => {
      const { durability, stepExecutionId } = call;
      const { osVersion } = await durability.step("collect", async (context) => {
        const instanceId = instanceIdInput(call);
        const machine = await instances.find(instanceId);
        const metadata = (await knownMetadata(folder, instanceId)) ?? (await askMachine(instances.host, machine, context));
        await writeDetails(folder, stepExecutionId, metadata);
        return { osVersion: metadata.osVersion };
      });
      return { osVersion, associationId: commandIdOf(stepExecutionId) };
    },
    rollBack: async ({ durability, stepExecutionId }) => {
      await durability.step("remove metadata", () => removeDetails(folder, stepExecutionId));
    },
  };
}

async function askMachine(host: ContainerHost, machine: MachineRef, context: StepContext): Promise<ImageMetadata> {
  const what = "the collection of metadata";
  const job = { machine, spec: { command: ["/bin/sh", "-c", METADATA_SCRIPT] }, what, mostBytes: LARGEST_METADATA };
  const { exitCode, stdout, lastWords: output } = await runJob(host, job, context);
  if (exitCode !== 0) throw stepActionError("command-failed", { what, exitCode, output });
  return readMetadata(stdout);
}

/** What a step has collected; undefined if it has not. */
export function readImageMetadata(folder: string, stepExecutionId: string): Promise<ImageMetadata | undefined> {
  return readDetails<ImageMetadata>(folder, stepExecutionId);
}
