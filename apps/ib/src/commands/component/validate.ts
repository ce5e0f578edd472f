import { PLATFORM_TITLES, PLATFORMS } from "@imagewright/action-contract";
import { standardRegistry as registry } from "@imagewright/action-modules";
import { checkFile, findDocuments, joinChecked, type CheckedComponents, type FoundDocuments } from "@imagewright/component-runner";
import { count, hasErrors, safe, toJson, type JsonDiagnostic } from "@imagewright/diagnostics";
import { BaseCommand } from "../../cli/base-command.js";
import { awsFlags, readConfiguration } from "../../cli/configuration.js";
import { documentLoader } from "../../cli/document-loader.js";
import { FaultsFound } from "../../cli/failure-text.js";
import { Args, Flags } from "../../cli/oclif.js";
import { orStandardInput } from "../../cli/standard-input.js";

interface ValidateResult {
  readonly documents: readonly string[];
  readonly diagnostics: readonly JsonDiagnostic[];
  /** The files in folders that have no component documents, if there are any. */
  readonly skipped?: readonly string[];
}

export default class ComponentValidate extends BaseCommand {
  static override summary = "Report every fault of component documents, without running them.";
  static override description =
    "In folders and below, the files that end in .yaml, .yml or .json and have component documents are checked; hidden ones, node_modules and links to folders are passed over. A file that is named is always checked. Documents in CloudFormation templates, Terraform plans (terraform show -json) and JSON of the API are checked too. What depends on a value that such a file does not contain is not checked, and a notice says so.";
  static override examples = [
    "<%= config.bin %> component validate hello.yaml",
    "<%= config.bin %> component validate components hello.yaml --json",
    "<%= config.bin %> component validate - < hello.yaml",
    "<%= config.bin %> component validate template.yaml",
  ];
  static override args = {
    document: Args.string({
      description:
        "component documents: YAML, JSON, or files that contain them, such as CloudFormation templates; folders; - is standard input",
      required: true,
      multiple: true,
    }),
  };
  static override flags = {
    "os-platforms": Flags.option({
      options: PLATFORMS,
      multiple: true,
      multipleNonGreedy: true,
      delimiter: ",",
      summary:
        "the platforms on which the documents are to run (default: linux, or the one that has most of the document's action modules)",
    })(),
    ...awsFlags,
  };

  async run(): Promise<ValidateResult> {
    const { args, flags } = await this.parse(ComponentValidate);
    const configuration = await readConfiguration(flags, (found) => this.report(found));
    const found = await findDocuments(args.document, orStandardInput(documentLoader(configuration)));
    const [failure] = found.failures;
    if (failure !== undefined && found.failures.length + found.sources.length === 1) throw failure;
    const platforms = flags["os-platforms"];
    const files = found.sources.map((source) => checkFile(source, { registry, platforms }, "all"));
    const { documents, names, diagnostics } = joinChecked(files);
    if (platforms === undefined) this.#sayPlatforms(documents);
    const skipped = describeSkipped(found.skipped);
    if (found.failures.length > 0 || (files.length > 1 && hasErrors(diagnostics)))
      throw new FaultsFound(diagnostics, { failures: found.failures, summary: `${describeFiles(files, found)}${skipped}` });
    this.report(diagnostics);
    this.say(safe`${count(names.length, "document")} valid${skipped}\n`);
    return { documents: names, diagnostics: toJson(diagnostics), ...(found.skipped.length > 0 && { skipped: found.skipped }) };
  }

  /** Says which documents were not checked for Linux, the default. */
  #sayPlatforms(documents: CheckedComponents["documents"]): void {
    for (const document of documents) {
      const other = document?.checkedFor.platforms.find((platform) => platform !== "linux");
      if (document !== undefined && other !== undefined)
        this.say(safe`${document.source.name} is checked for ${PLATFORM_TITLES[other]}, which has its action modules\n`);
    }
  }
}

/** `4 files: 2 valid, 1 with errors, 1 not read`. */
function describeFiles(files: readonly CheckedComponents[], { failures }: FoundDocuments): string {
  const faulty = files.filter(({ diagnostics }) => hasErrors(diagnostics)).length;
  const parts = [
    `${files.length - faulty} valid`,
    `${faulty} with errors`,
    ...(failures.length > 0 ? [`${failures.length} not read`] : []),
  ];
  return `${count(files.length + failures.length, "file")}: ${parts.join(", ")}`;
}

function describeSkipped({ length }: readonly string[]): string {
  return length === 0 ? "" : `; ${count(length, "file")} without component documents skipped`;
}
