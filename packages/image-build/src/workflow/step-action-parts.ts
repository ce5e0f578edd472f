import type { OciImageRef } from "@imagewright/build-hosts";
import { HOST_TEST_PHASE, type Instances, type StepActionEvent, type StepActionParts } from "@imagewright/step-actions";
import type { BuildEvent } from "../events.js";
import { phasesFor } from "../plan/build-plan.js";
import { imageSettings } from "../steps/image-settings.js";
import { componentsOf } from "./components-of.js";
import { logFolderOf } from "./parts.js";
import type { StageReporter } from "./stage-reporter.js";
import type { WorkflowsOfImage } from "./workflows-of-image.js";

interface OfThisProcess {
  readonly instances: Instances;
  /** The image that was made; undefined as long as there is none. */
  readonly image: () => OciImageRef | undefined;
}

/** What the step actions of a build act with. */
export function stepActionParts({ stored, parts, parent, stages }: WorkflowsOfImage, { instances, image }: OfThisProcess): StepActionParts {
  const { recipe } = stored.plan;
  return {
    ...{ instances, folder: parts.folder, logs: logFolderOf(parts), workingDirectory: recipe.workingDirectory },
    imageFor: (type) => (type === "BUILD" ? parent : image()?.reference),
    componentsFor: (type) => componentsOf(stored, phasesFor(type)),
    commandDocuments: new Map(Object.entries(stored.plan.commandDocuments ?? {})),
    hostTests: parts.runHostTests && { work: componentsOf(stored, [HOST_TEST_PHASE]), run: parts.runHostTests },
    imageSettings: imageSettings(recipe),
    tellsTopics: parts.tellsTopics,
    onEvent: (event) => parts.onEvent(toBuildEvent(event, stages)),
  };
}

function toBuildEvent(event: StepActionEvent, stages: StageReporter): BuildEvent {
  const { step: of } = event;
  const { stepExecutionId, stepName: step } = of;
  const stage = stages.stageOf(stepExecutionId)?.stage ?? step;
  switch (event.type) {
    case "notice":
      return { type: "notice", text: event.text, of };
    case "component-event":
      return { type: "run-event", stage, of, event: event.event };
    case "waiting": {
      const { payload } = event.waiting;
      return { type: "waiting", stage, step, of, ...(payload !== undefined && { payload }) };
    }
  }
}
