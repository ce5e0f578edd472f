import { PLATFORMS, type Platform } from "@imagewright/action-contract";
import { createDocumentLoader } from "@imagewright/aws";
import { checkComponents, loadLocalDocument } from "@imagewright/component-runner";
import { formatLocation, hasErrors, safe, showDiagnostics, unknownName, type Diagnostic } from "@imagewright/diagnostics";
import { awsSettings } from "@imagewright/configuration";
import { EXIT } from "../cli/exit-codes.js";
import { agentConfiguration } from "../cli/agent-configuration.js";
import { readFlags, type Flags } from "../cli/flags.js";
import { renderHelp } from "../cli/help.js";
import { readList } from "../cli/parameters.js";
import { UsageError } from "../cli/usage-error.js";
import { standardRegistry as registry } from "@imagewright/action-modules";
import type { AgentContext } from "./run.js";
import { printResult } from "../terminal.js";

export const VALIDATE_FLAGS = {
  "document-s3-bucket-owner": { value: "ACCOUNT", description: "Account that must own the bucket of s3:// documents" },
  documents: {
    short: "d",
    value: "LIST",
    isFile: true,
    description: "Component documents: paths, s3:// URIs, component ARNs, separated by commas",
  },
  "os-platforms": {
    value: "LIST",
    choices: PLATFORMS,
    description: "Platforms to check for, separated by commas: linux, darwin, windows (default: this one)",
  },
  version: { short: "v", description: "Print the version" },
  help: { short: "h", description: "Print this help" },
  trace: { short: "t", description: "Print more on standard error" },
} as const satisfies Flags;

const HELP = renderHelp({
  usage: "ib-agent validate --documents LIST [flags]",
  summary: "Reports every fault of component documents without running them.",
  flags: VALIDATE_FLAGS,
  examples: ["ib-agent validate --documents hello.yml", "ib-agent validate -d first.yml,second.yml"],
});

/** `ib-agent validate`: prints the result as JSON on standard output, and the faults with their lines on standard error. */
export async function validate(
  parameters: readonly string[],
  { host: { platform }, terminal, version }: Pick<AgentContext, "host" | "terminal" | "version">,
): Promise<number> {
  const given = readFlags(VALIDATE_FLAGS, parameters);
  if (given.help === true || given.version === true) {
    terminal.out(given.help === true ? HELP : safe`${version}\n`);
    return EXIT.done;
  }
  const locations = readList(given.documents);
  if (locations === undefined) throw new UsageError("give the documents with --documents");
  const load = createDocumentLoader({
    aws: awsSettings(await agentConfiguration(terminal)),
    fetchLocal: loadLocalDocument,
    ...(given["document-s3-bucket-owner"] === undefined ? {} : { bucketOwner: given["document-s3-bucket-owner"] }),
  });
  const platforms = readPlatforms(given["os-platforms"]) ?? [platform];
  const { diagnostics } = await checkComponents({ locations, registry, platforms, load });
  terminal.err(showDiagnostics(diagnostics, terminal));
  const failed = hasErrors(diagnostics);
  const message = failed
    ? diagnostics
        .filter(({ severity }) => severity === "error")
        .map(inOneLine)
        .join("\n")
    : `Document(s) [${locations.join(" ")}] is/are valid.`;
  printResult({ validationStatus: failed ? "failed" : "success", message }, terminal);
  return failed ? EXIT.failed : EXIT.done;
}

function readPlatforms(text: string | undefined): readonly Platform[] | undefined {
  return readList(text)?.map((name) => {
    const platform = PLATFORMS.find((known) => known === name.toLowerCase());
    if (platform === undefined) throw new UsageError(`--os-platforms: ${unknownName("platform", name, PLATFORMS)}`);
    return platform;
  });
}

function inOneLine({ span, message, code }: Diagnostic): string {
  return `${formatLocation(span)}: ${message} [${code}]`;
}
