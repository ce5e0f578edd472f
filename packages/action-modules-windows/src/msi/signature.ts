import type { ActionContext } from "@imagewright/action-contract";
import { askPowerShell, lastLine, withoutAnswer } from "../commands/ask-program.js";
import { windowsActionError } from "../errors.js";

export interface SignatureRules {
  readonly ignoreAuthenticodeSignatureErrors?: boolean | undefined;
  readonly allowUnsignedInstaller?: boolean | undefined;
}

// a variable, since the path of a file may have any character that means something to PowerShell
const PATH = "IMAGEWRIGHT_INSTALLER";
const COMMAND = `(Get-AuthenticodeSignature -LiteralPath $env:${PATH}).Status.ToString()`;

/** Throws if the signature of an installer is not one with which it may run. Where none matters, it is not looked at. */
export async function checkSignature(path: string, rules: SignatureRules, context: ActionContext): Promise<void> {
  if (rules.allowUnsignedInstaller === true && rules.ignoreAuthenticodeSignatureErrors === true) return;
  const answer = await askPowerShell(["-Command", COMMAND], context, { [PATH]: path });
  const status = answer.stdout.trim();
  if (answer.exitCode !== 0 || !/^[A-Za-z]+$/.test(status))
    throw windowsActionError("signature-unknown", { path, reason: lastLine(answer) ?? withoutAnswer(answer) });
  if (status === "Valid") return;
  if (status === "NotSigned") {
    if (rules.allowUnsignedInstaller !== true) throw windowsActionError("not-signed", { path });
  } else if (rules.ignoreAuthenticodeSignatureErrors !== true) throw windowsActionError("signature-not-valid", { path, status });
}
