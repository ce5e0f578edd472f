import type { ActionOutput } from "./action-output.js";
import type { HostPorts, OutputStream } from "./host.js";
import type { InputSchema, InputOf } from "./input-schema.js";
import type { Platform } from "./platform.js";
import type { ActionResult } from "./result.js";

/**
 * The interface of one kind of step: name, inputs, outputs, effects and checks. It suffices to check documents; only a contract with `run`
 * (`ActionModule`) can be run.
 */
export interface ActionContract<Input = never> {
  /** The value of `action:` in a document, such as `CopyFile`. */
  readonly name: string;
  /** What it does, in one sentence. */
  readonly summary: string;
  /** The platforms that it is for. Another platform may have a module of the same name with other inputs. */
  readonly platforms: readonly Platform[];
  /** By platform without this module: the module to use instead, such as `ExecuteBash`. */
  readonly instead?: Readonly<Partial<Record<Platform, string>>>;
  readonly input: ActionInput;
  /**
   * What a plan can predict. `files`: all its effects go through `host.files` (and `host.accounts`), so a run on a copy of
   * the files shows exactly what it would change. `document`: it runs another document, whose steps are predicted one by one. `opaque`: it
   * runs commands, reaches the network or restarts the machine.
   */
  readonly effects: "files" | "document" | "opaque";
  /** Fields of a step with a fixed value: used if the step omits them; any other value is a fault. */
  readonly settings?: { readonly timeoutSeconds?: number; readonly maxAttempts?: number };
  /** Its outputs, by name. */
  readonly outputs: Readonly<Record<string, ActionOutput>>;
  /**
   * Faults that a schema cannot express, found before anything runs. The engine also calls it at the step, when values that came from
   * references are known; a fault at a value that is still unknown is dropped.
   */
  readonly check?: (input: Input, platform: Platform) => readonly InputFault[];
}

/** One kind of step: its inputs, its outputs and the function that runs it. */
export interface ActionModule<Input = never> extends ActionContract<Input> {
  readonly run: (input: Input, context: ActionContext) => Promise<ActionResult>;
}

/** The input of an action: its form and its schema. */
export interface ActionInput {
  /**
   * `list`: `inputs` is a list of items, and the action runs once for each, in order, until one fails; one mapping counts as a list of one.
   * `single`: `inputs` is one mapping.
   */
  readonly shape: "list" | "single";
  /** The JSON Schema (draft 07) of one item. Text counts as a boolean or number where the schema asks for one. */
  readonly schema: InputSchema;
  /** Whether `inputs` may be omitted. */
  readonly optional?: boolean;
}

/** A fault in the input of an action. */
export interface InputFault {
  /** The place in the input: keys and indexes. */
  readonly path: readonly (string | number)[];
  /** Whether the fault is the last key of the path itself, regardless of its value. */
  readonly isKey?: boolean;
  /** The index of the character in the text at the path that the fault is at. */
  readonly offset?: number;
  /** Whether it is a fault whatever the references in that text stand for; otherwise it is dropped until their values are known. */
  readonly isCertain?: boolean;
  /** Lower-case, no final period: what is wrong, what was found, what is allowed. */
  readonly message: string;
  readonly help?: string;
}

/** What a run of an action may use. */
export interface ActionContext {
  readonly host: HostPorts;
  /** Aborts when the step times out or the run is cancelled; the action then stops and returns or throws. */
  readonly signal: AbortSignal;
  /** Relative paths start here. Absolute. */
  readonly workingDirectory: string;
  /** A temporary folder of the run, for scripts and the like; removed when the run ends. Absolute. */
  readonly temporaryDirectory: string;
  /** The environment for commands. */
  readonly environment: Readonly<Record<string, string>>;
  /** Whether the same step runs again after a restart of the machine that it has asked for. */
  readonly isAfterRestart?: boolean;
  /** Receives the output of a command as it arrives. */
  readonly output: (stream: OutputStream, chunk: Uint8Array) => void;
  /** Writes one line to the console log. */
  readonly log: (line: string) => void;
  /** Runs another component document inside this step and resolves when it has ended; used by ExecuteDocument only. */
  readonly runDocument: (request: NestedDocument) => Promise<ActionResult>;
}

/** A document that a step runs inside itself. */
export interface NestedDocument {
  /** A file, an s3:// address or the ARN of a component. */
  readonly location: string;
  /** The account that the bucket of an s3:// address must belong to. */
  readonly bucketOwner?: string | undefined;
  /** The phases to run; all if undefined. */
  readonly phases?: readonly string[] | undefined;
  readonly parameters: ReadonlyMap<string, string>;
}

/** A contract with any input type. */
export type AnyActionContract = ActionContract;

/** An action module with any input type. */
export type AnyActionModule = ActionModule;

/** Whether a contract has an implementation. */
export function isRunnable<Input>(action: ActionContract<Input>): action is ActionModule<Input> {
  return "run" in action;
}

/** Defines an action module; the type of its input is inferred from its schema. */
export function defineAction<const Schema extends InputSchema>(definition: ActionDefinition<Schema>): ActionModule<InputOf<Schema>> {
  return definition;
}

/** Defines a contract without an implementation; the type of its input is inferred from its schema. */
export function defineContract<const Schema extends InputSchema>(definition: ContractDefinition<Schema>): ActionContract<InputOf<Schema>> {
  return definition;
}

interface ActionDefinition<Schema extends InputSchema> extends ActionModule<InputOf<Schema>> {
  readonly input: ActionInput & { readonly schema: Schema };
}

interface ContractDefinition<Schema extends InputSchema> extends ActionContract<InputOf<Schema>> {
  readonly input: ActionInput & { readonly schema: Schema };
}
