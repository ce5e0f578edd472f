import type { ActionContext } from "@imagewright/action-contract";
import { quote } from "@imagewright/diagnostics";
import { askPowerShell, lastLine, withoutAnswer } from "../commands/ask-program.js";
import { windowsActionError } from "../errors.js";
import { withScriptFile } from "../power-shell/with-script-file.js";
import type { AvailableUpdate } from "./choose-updates.js";
import { describeCode } from "./describe-code.js";
import { installScript, SEARCH_SCRIPT } from "./scripts.js";

export interface FoundUpdates {
  readonly updates: readonly AvailableUpdate[];
  /** Whether the machine has to restart for what was installed before. */
  readonly restart: boolean;
}

export interface InstalledUpdates {
  readonly updates: readonly InstalledUpdate[];
  readonly restart: boolean;
}

/** How far an update has come. */
export interface InstalledUpdate {
  readonly id: string;
  readonly step: "download" | "install";
  readonly done: boolean;
  /** Windows' code for what has happened, such as 0x80240016. */
  readonly code: string;
}

const IDENTITY = /^[0-9a-f-]{36}\.\d+$/i;

/** Windows Update, over its COM interface, which PowerShell calls. */
export class WindowsUpdate {
  constructor(private readonly context: ActionContext) {}

  /** The updates that are not installed, as the machine's update source has them. */
  async search(): Promise<FoundUpdates> {
    const found = (await this.#ask("search for updates", SEARCH_SCRIPT)) as FoundUpdates;
    const strange = found.updates.find(({ id }) => !IDENTITY.test(id));
    if (strange !== undefined)
      throw windowsActionError("updates-not-read", { what: "search for updates", reason: `PowerShell printed ${quote(strange.id)}` });
    return found;
  }

  /** Downloads and installs updates. One that another has replaced meanwhile is not in the result. */
  async install(updates: readonly AvailableUpdate[]): Promise<InstalledUpdates> {
    return (await this.#ask("install updates", installScript(updates.map(({ id }) => id)))) as InstalledUpdates;
  }

  async #ask(what: string, script: string): Promise<unknown> {
    const answer = await withScriptFile(script, this.context, (path) => askPowerShell(["-File", path], this.context));
    const line = lastLine({ ...answer, stderr: "" }) ?? "";
    const printed = parse(line);
    if (printed?.problem !== undefined)
      throw windowsActionError("updates-failed", { what, problem: printed.problem, ...describeCode(printed.code ?? "") });
    if (answer.exitCode === 0 && printed?.updates !== undefined) return printed;
    const last = lastLine(answer);
    const reason = last === undefined ? withoutAnswer(answer) : `PowerShell printed ${quote(last)}`;
    throw windowsActionError("updates-not-read", { what, reason });
  }
}

interface Printed {
  readonly problem?: string;
  readonly code?: string;
  readonly updates?: unknown;
}

function parse(line: string): Printed | undefined {
  try {
    return JSON.parse(line) as Printed;
  } catch {
    return undefined;
  }
}
