import type { ActionContext, ActionResult } from "@imagewright/action-contract";
import { quote } from "@imagewright/diagnostics";
import { Commands } from "./commands.js";
import { linuxActionError } from "../errors.js";
import { findPackageManager } from "./find-package-manager.js";
import { NamePatterns } from "./name-patterns.js";
import type { PackageManager } from "./package-manager.js";

interface UpdateOsInput {
  readonly include?: readonly string[] | undefined;
  readonly exclude?: readonly string[] | undefined;
}

/** Updates all packages, or those of `include`; in either case none of `exclude`. Logs which versions have changed. */
export async function updateOs({ include = [], exclude = [] }: UpdateOsInput, context: ActionContext): Promise<ActionResult> {
  if (context.host.platform !== "linux") throw linuxActionError("not-on-platform", { platform: context.host.platform });
  const commands = new Commands(context);
  await refuseOthersThanRoot(commands);
  const manager = await findPackageManager(commands, context);
  context.log(`updating with ${manager.name}`);
  const before = await manager.installed();
  await manager.refresh();
  if (include.length === 0 && exclude.length === 0) await manager.updateAll();
  else await updateChosen(manager, new NamePatterns(include.length === 0 ? ["*"] : include), new NamePatterns(exclude), context);
  const changes = changedVersions(before, await manager.installed());
  for (const change of changes) context.log(change);
  if (changes.length === 0) context.log("nothing was updated");
  return { status: "succeeded", changed: changes.length > 0 };
}

async function refuseOthersThanRoot(commands: Commands): Promise<void> {
  const userId = (await commands.ask("id", ["-u"])).trim();
  if (userId !== "0") throw linuxActionError("not-root", { userId });
}

async function updateChosen(
  manager: PackageManager,
  included: NamePatterns,
  excluded: NamePatterns,
  { log }: ActionContext,
): Promise<void> {
  const candidates = await manager.candidates();
  for (const text of included.unmatched([...(await manager.installed()).keys()])) log(`no installed package matches ${quote(text)}`);
  const names = candidates.filter((name) => !name.startsWith("-") && included.match(name) && !excluded.match(name));
  if (names.length > 0) await manager.update(names, excluded);
}

/** One line for each package whose version has changed. */
function changedVersions(before: ReadonlyMap<string, string>, after: ReadonlyMap<string, string>): string[] {
  const names = [...new Set([...before.keys(), ...after.keys()])].sort();
  return names.flatMap((name) => {
    const [old, now] = [before.get(name), after.get(name)];
    if (old === now) return [];
    if (old === undefined) return [`installed ${name} ${now}`];
    return [now === undefined ? `removed ${name} ${old}` : `updated ${name} from ${old} to ${now}`];
  });
}
