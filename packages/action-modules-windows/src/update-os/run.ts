import type { ActionContext, ActionResult } from "@imagewright/action-contract";
import { quote } from "@imagewright/diagnostics";
import { chooseUpdates, matches, type AvailableUpdate, type UpdateLists } from "./choose-updates.js";
import { describeCode } from "./describe-code.js";
import { WindowsUpdate, type InstalledUpdate } from "./windows-update.js";

/**
 * Installs all updates, or those of the lists, in rounds, since some are available only when others are installed. Where a restart is
 * needed before more can be installed, or at the end, the same step goes on after it; not again at the end if Windows still asks for one.
 */
export async function updateWindows(lists: UpdateLists, context: ActionContext): Promise<ActionResult> {
  const { log, isAfterRestart = false } = context;
  const windows = new WindowsUpdate(context);
  const tried = new Set<string>();
  for (let round = 1; ; round++) {
    const { updates, restart } = await windows.search();
    const hasDoneNothing = round === 1 && !isAfterRestart;
    if (hasDoneNothing) logUnmatched(lists, updates, log);
    const chosen = chooseUpdates(updates, lists).filter(({ id, title, asks }) => {
      if (asks && !tried.has(id)) log(`left out, since its installation asks questions: ${title}`);
      return !tried.has(id) && !asks;
    });
    for (const { id } of updates) tried.add(id);
    if (chosen.length === 0) {
      // one that Windows asks for again at once would never be the last
      if (restart && (hasDoneNothing || round > 1)) {
        log("the machine restarts, as Windows asks for it");
        return RESTART;
      }
      if (round === 1) log(isAfterRestart ? "no update is left" : "nothing was updated");
      return { status: "succeeded", changed: !hasDoneNothing };
    }
    if (restart) {
      log("the machine restarts before more updates are installed");
      return RESTART;
    }
    const ended = await installChosen(chosen, windows, log);
    if (ended !== undefined) return ended;
  }
}

const RESTART = { status: "reboot", resume: "same-step", delaySeconds: 0 } as const;

/** Installs updates; the step's result, if it ends with that. */
async function installChosen(
  chosen: readonly AvailableUpdate[],
  windows: WindowsUpdate,
  log: (line: string) => void,
): Promise<ActionResult | undefined> {
  for (const { title } of chosen) log(`installing ${title}`);
  const { updates, restart } = await windows.install(chosen);
  const titleOf = ({ id }: InstalledUpdate) => chosen.find((update) => update.id === id)?.title ?? id;
  const failed = updates.filter(({ done }) => !done);
  for (const update of updates.filter(({ done }) => done)) log(`installed ${titleOf(update)}`);
  for (const update of failed) log(`failed to ${update.step} ${titleOf(update)}: ${update.code}`);
  // an update that fails can need the restart that another one asks for
  if (restart) return RESTART;
  const [first] = failed;
  if (first === undefined) return undefined;
  const others = failed.length === 1 ? "" : `, and ${failed.length - 1} more`;
  const reason = `Windows failed to ${first.step} ${quote(titleOf(first))} (${first.code})${others}`;
  return { status: "failed", reason, hints: describeCode(first.code).hints };
}

function logUnmatched({ include = [] }: UpdateLists, updates: readonly AvailableUpdate[], log: (line: string) => void): void {
  for (const item of include) if (!updates.some((update) => matches(item, update))) log(`no available update matches ${quote(item)}`);
}
