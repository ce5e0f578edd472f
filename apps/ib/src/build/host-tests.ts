import { randomUUID } from "node:crypto";
import { checkComponents, prepareComponents, runComponents, toAgentEvents } from "@imagewright/component-runner";
import type { Configuration } from "@imagewright/configuration";
import { SourceFile } from "@imagewright/diagnostics";
import { summaryOf, type PreparedDocument } from "@imagewright/document-engine";
import type { HostTests } from "@imagewright/step-actions";
import { standardRegistry as registry } from "@imagewright/action-modules";
import { ibError } from "../errors.js";
import { runContext } from "../run/run-context.js";

type Work = HostTests["work"];

/** Runs the tests of components on this computer, as the user who builds. IMAGEWRIGHT_IMAGE is the image that is tested. */
export function hostTestRunner(configuration: Configuration): HostTests["run"] {
  return async (work, { logs: logDirectory, signal, image, onEvent }) => {
    const context = runContext(configuration, signal);
    const { outcome, logFolder } = await runComponents({
      ...context,
      ...{ executionId: randomUUID(), documents: await prepare(work), phases: work.phases, logDirectory, signal },
      environment: { ...context.environment, ...(image !== undefined && { IMAGEWRIGHT_IMAGE: image }) },
      loadDocument: (location, bucketOwner) => {
        const nested = work.nestedDocuments.find((document) => document.location === location);
        return nested === undefined ? context.loadDocument(location, bucketOwner) : Promise.resolve(new SourceFile(location, nested.text));
      },
      onEvent: toAgentEvents(onEvent),
    });
    signal.throwIfAborted();
    if (outcome.status === "restart") throw ibError("restart-refused", { step: outcome.place.step });
    return summaryOf(outcome, logFolder);
  };
}

/** They had no faults when the build was planned. */
async function prepare({ components, phases }: Work): Promise<readonly PreparedDocument[]> {
  const texts = new Map(components.map(({ path, text }) => [path, text]));
  const load = (path: string) => Promise.resolve(new SourceFile(path, texts.get(path) ?? ""));
  const { documents } = await checkComponents({ locations: [...texts.keys()], registry, platforms: ["linux"], load, take: "one" });
  const parametersOf = (index: number) => new Map(components[index]?.parameters.map(({ name, value }) => [name, value]));
  return prepareComponents(documents, { parametersOf, parameters: new Map(), phases, howToGive: () => "" }).prepared;
}
