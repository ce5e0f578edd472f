import { quote, unknownName } from "@imagewright/diagnostics";
import { SIMULATED_OUTCOMES, SYSTEM_VARIABLES, type CheckedWorkflow, type SimulatedOutcome } from "@imagewright/workflow-engine";
import { wrongUsage } from "../cli/wrong-usage.js";

type Value = string | number | boolean | readonly string[];

/** `--outcome STEP=OUTCOME`, checked against the steps of the workflow. */
export function readOutcomes(pairs: readonly string[], { steps }: CheckedWorkflow): ReadonlyMap<string, SimulatedOutcome> {
  const names = steps.map(({ name }) => name.text);
  return new Map(
    pairs.map((pair) => {
      const [step, word] = readPair("--outcome", "STEP=OUTCOME", pair);
      if (!names.includes(step)) throw wrongUsage(`--outcome: ${unknownName("step", step, names)}`);
      const outcome = SIMULATED_OUTCOMES.find((known) => known === word);
      if (outcome === undefined) throw wrongUsage(`--outcome: ${unknownName("outcome", word, SIMULATED_OUTCOMES)}`);
      return [step, outcome] as const;
    }),
  );
}

/** `--variable NAME=VALUE` of `$.imagebuilder`, in the types of the variables. */
export function readVariables(pairs: readonly string[]): Readonly<Record<string, Value>> {
  return Object.fromEntries(
    pairs.map((pair) => {
      const [name, value] = readPair("--variable", "NAME=VALUE", pair);
      const type = Object.hasOwn(SYSTEM_VARIABLES, name) ? SYSTEM_VARIABLES[name]?.type : undefined;
      if (type === undefined) throw wrongUsage(`--variable: ${unknownName("system variable", name, Object.keys(SYSTEM_VARIABLES))}`);
      return [name, typed(name, value, type)] as const;
    }),
  );
}

/** `--parameter NAME=VALUE`, in the form of the API. A list has its items with commas between them. */
export function readWorkflowParameters(pairs: readonly string[], { parameters }: CheckedWorkflow): ReadonlyMap<string, readonly string[]> {
  return new Map(
    pairs.map((pair) => {
      const [name, value] = readPair("--parameter", "NAME=VALUE", pair);
      const isList = parameters.find((parameter) => parameter.name.text === name)?.type === "stringList";
      return [name, isList ? value.split(",") : [value]] as const;
    }),
  );
}

function readPair(flag: string, form: string, pair: string): readonly [name: string, value: string] {
  const equals = pair.indexOf("=");
  if (equals < 1) throw wrongUsage(`${flag} needs ${form}; found ${quote(pair)}`);
  return [pair.slice(0, equals), pair.slice(equals + 1)];
}

function typed(name: string, value: string, type: string): Value {
  if (type === "stringList") return value.split(",");
  if (type === "boolean" && !/^(true|false)$/.test(value)) throw wrongUsage(`--variable: ${name} is true or false; found ${quote(value)}`);
  if (type === "boolean") return value === "true";
  if (type === "integer" && !/^\d{1,9}$/.test(value)) throw wrongUsage(`--variable: ${name} is a whole number; found ${quote(value)}`);
  return type === "integer" ? Number(value) : value;
}
