import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

/** The report of a process that has run one action. */
interface ProcessFacts {
  /** Its peak memory. */
  readonly peakMebibytes: number;
  readonly stderr: string;
}

/** Runs an action of the built package, which must succeed, in a separate Node process. */
export async function runInProcess(
  name: string,
  input: object,
  folder: string,
  environment: Readonly<Record<string, string>> = {},
): Promise<ProcessFacts> {
  const program = `
    const { coreActions } = await import(${JSON.stringify(fileURLToPath(new URL("../../dist/index.js", import.meta.url)))});
    const { createNodeHost } = await import("@imagewright/node-host");
    const [, name, input, folder, environment] = process.argv;
    const context = { host: createNodeHost(), signal: new AbortController().signal, workingDirectory: folder, environment: JSON.parse(environment), log() {} };
    const { status } = await coreActions.find((action) => action.name === name).run(JSON.parse(input), context);
    if (status !== "succeeded") throw new Error(status);
    console.log(process.resourceUsage().maxRSS / 1024);`;
  const parameters = ["--input-type=module", "-e", program, name, JSON.stringify(input), folder, JSON.stringify(environment)];
  const { stdout, stderr } = await promisify(execFile)(process.execPath, parameters, {
    cwd: fileURLToPath(new URL("../..", import.meta.url)),
  });
  return { peakMebibytes: Number(stdout), stderr };
}
