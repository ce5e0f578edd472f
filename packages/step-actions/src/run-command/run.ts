import { quote } from "@imagewright/diagnostics";
import type { StepAction, StepCall } from "@imagewright/workflow-engine";
import { steadyNow } from "@imagewright/node-host";
import type { StepContext } from "@imagewright/durability";
import { forgetMetadata } from "../collect-image-metadata/known-metadata.js";
import { stepActionError } from "../errors.js";
import { inputText, instanceIdInput } from "../input-text.js";
import { commandOutputs } from "../jobs/command-outputs.js";
import { runJob } from "../jobs/run-job.js";
import type { StepActionParts } from "../parts.js";
import { bindCommand, type BoundScript } from "./bind-command.js";
import type { CommandDocument } from "./command-document.js";
import { runCommandContract } from "./contract.js";
import { scriptJob } from "./script-job.js";
import { STANDARD_COMMAND_DOCUMENTS } from "./standard-documents.js";

/** How much of a script's output a step gives, in bytes: as much as Systems Manager returns of a command. */
export const LONGEST_COMMAND_OUTPUT = 24_000;
const VERSIONS = ["$DEFAULT", "$LATEST", "1"];

/** The scripts of a document run one after the other, until one fails; the output has a text for each, without its last line break. */
export function runCommandDocument(parts: StepActionParts): StepAction {
  const documents = new Map([...STANDARD_COMMAND_DOCUMENTS, ...(parts.commandDocuments ?? [])]);
  return {
    ...runCommandContract,
    run: async (call) => {
      const scripts = scriptsOf(call, documents);
      const output: string[] = [];
      for (const [index, script] of scripts.entries()) output.push(await runScript(parts, call, script, index));
      return commandOutputs(call, output);
    },
  };
}

/** Errors: command-document-unknown, command-version-unknown, command-parameters-not-valid. */
function scriptsOf(call: StepCall, documents: ReadonlyMap<string, CommandDocument>): readonly BoundScript[] {
  const name = inputText(call, "documentName") ?? "";
  const document = documents.get(name);
  if (document === undefined) throw stepActionError("command-document-unknown", { name, names: [...documents.keys()].sort() });
  const version = inputText(call, "documentVersion") ?? "$DEFAULT";
  if (!VERSIONS.includes(version)) throw stepActionError("command-version-unknown", { name, version });
  const given = (call.inputs["parameters"] ?? {}) as Readonly<Record<string, readonly string[]>>;
  const { scripts, faults } = bindCommand(document, given);
  if (faults.length > 0) throw stepActionError("command-parameters-not-valid", { name, faults });
  return scripts;
}

async function runScript({ instances, folder }: StepActionParts, call: StepCall, script: BoundScript, index: number): Promise<string> {
  const { durability } = call;
  const begin = await durability.now();
  return durability.step(`script ${index + 1}`, async (context) => {
    const instanceId = instanceIdInput(call);
    const machine = await instances.find(instanceId);
    await forgetMetadata(folder, instanceId);
    const what = `the script ${quote(script.name)} of ${quote(inputText(call, "documentName") ?? "")}`;
    const job = { machine, spec: scriptJob(machine, script, context.token), what, mostBytes: LONGEST_COMMAND_OUTPUT };
    const {
      exitCode,
      stdout,
      lastWords: output,
    } = await withinSeconds(script.timeoutSeconds, { begin, what, context }, (limited) => runJob(instances.host, job, limited));
    if (exitCode !== 0) throw stepActionError("command-failed", { what, exitCode, output });
    return stdout.replace(/\r?\n$/, "");
  });
}

/** Ends the work when its time is over, which also runs while no process works on it. Errors: command-timed-out. */
async function withinSeconds<Result>(
  seconds: number,
  { begin, what, context: { token, signal } }: { readonly begin: Date; readonly what: string; readonly context: StepContext },
  work: (context: StepContext) => Promise<Result>,
): Promise<Result> {
  const over = new AbortController();
  const timer = setTimeout(() => over.abort(), Math.max(0, begin.getTime() + seconds * 1000 - steadyNow()));
  try {
    return await work({ token, signal: AbortSignal.any([signal, over.signal]) });
  } catch (thrown) {
    signal.throwIfAborted();
    throw over.signal.aborted ? stepActionError("command-timed-out", { what, seconds }) : thrown;
  } finally {
    clearTimeout(timer);
  }
}
