import type { ActionContext, ActionResult } from "@imagewright/action-contract";
import { quote } from "@imagewright/diagnostics";
import { askProgram, lastLine } from "../commands/ask-program.js";
import { systemProgram } from "../commands/system-program.js";
import { windowsActionError } from "../errors.js";
import { fullKey } from "./key-path.js";
import { dataArguments } from "./registry-data.js";
import type { ValueType } from "./value-types.js";

interface SetRegistryInput {
  readonly path: string;
  readonly name: string;
  readonly value: string | readonly string[];
  readonly type: ValueType;
}

/** Sets the value with reg.exe, which makes missing keys; /f replaces a value without a question. It is one line in the console log. */
export async function setRegistryValue({ path, name, value, type }: SetRegistryInput, context: ActionContext): Promise<ActionResult> {
  const key = fullKey(path);
  const answer = await askProgram(
    {
      file: systemProgram("reg.exe", context.environment),
      arguments: ["add", key, ...(name === "" ? ["/ve"] : ["/v", name]), ...dataArguments(value, type), "/f"],
    },
    context,
  );
  if (answer.exitCode !== 0)
    throw windowsActionError("value-not-set", { key, name, reason: lastLine(answer) ?? `reg.exe exited with code ${answer.exitCode}` });
  context.log(`set ${name === "" ? "the default value" : quote(name)} of ${quote(key)}`);
  return { status: "succeeded" };
}
