import type { ActionContext, ActionResult, InputOf } from "@imagewright/action-contract";
import { ensureFolder, failureWithoutCode, parentFolder, resolvePath, runShown } from "@imagewright/action-modules-core";
import { systemProgram } from "../commands/system-program.js";
import { msiexecArguments } from "./command-line.js";
import type { msiSchema } from "./inputs.js";
import { msiResult } from "./result.js";
import { checkSignature } from "./signature.js";
import { withPackage } from "./with-package.js";

const DEFAULT_LOG_OPTIONS = "*VX";

/** Installs a package, or removes its product. */
export function runMsi(verb: "/i" | "/x"): (input: InputOf<typeof msiSchema>, context: ActionContext) => Promise<ActionResult> {
  return (input, context) =>
    withPackage(input.path, context, async (path) => {
      await checkSignature(path, input, context);
      const logFile = input.logFile === undefined ? undefined : resolvePath(input.logFile, context);
      if (logFile !== undefined) await ensureFolder(context.host.files, parentFolder(logFile, context.host.platform));
      const { properties = {} } = input;
      const logOptions = input.logOptions || DEFAULT_LOG_OPTIONS;
      const { exit, stdout } = await runShown(
        {
          file: systemProgram("msiexec.exe", context.environment),
          arguments: msiexecArguments({ verb, path, logFile, logOptions, properties }),
          verbatimArguments: true,
        },
        context,
      );
      const outputs = { stdout, logFile: input.logFile ?? "" };
      if (exit.kind !== "exited") return failureWithoutCode(exit, outputs);
      const { reboot = "Allow" } = input;
      return msiResult(exit.code, { verb, reboot, log: context.log }, { ...outputs, msiExitCode: exit.code });
    });
}
