import { PLATFORM_TITLES, PLATFORMS } from "@imagewright/action-contract";
import { standardRegistry as registry } from "@imagewright/action-modules";
import { checkComponents, type CheckedComponents } from "@imagewright/component-runner";
import { count, safe, toJson, type JsonDiagnostic } from "@imagewright/diagnostics";
import { BaseCommand } from "../../cli/base-command.js";
import { awsFlags, readConfiguration } from "../../cli/configuration.js";
import { documentLoader } from "../../cli/document-loader.js";
import { Args, Flags } from "../../cli/oclif.js";

interface ValidateResult {
  readonly documents: readonly string[];
  readonly diagnostics: readonly JsonDiagnostic[];
}

export default class ComponentValidate extends BaseCommand {
  static override summary = "Report every fault of component documents, without running them.";
  static override description =
    "Documents in CloudFormation templates, Terraform plans (terraform show -json) and JSON of the API are checked too. What depends on a value that such a file does not contain is not checked, and a notice says so.";
  static override examples = [
    "<%= config.bin %> component validate hello.yaml",
    "<%= config.bin %> component validate components/*.yaml --json",
    "<%= config.bin %> component validate template.yaml",
  ];
  static override args = {
    document: Args.string({
      description: "component documents: YAML, JSON, or files that contain them, such as CloudFormation templates",
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
    const locations = args.document;
    const configuration = await readConfiguration(flags, (found) => this.report(found));
    const { documents, names, diagnostics } = await checkComponents({
      ...{ locations, registry, platforms: flags["os-platforms"], load: documentLoader(configuration), take: "all" },
    });
    if (flags["os-platforms"] === undefined) this.#sayPlatforms(documents);
    this.report(diagnostics);
    this.say(safe`${count(names.length, "document")} valid\n`);
    return { documents: names, diagnostics: toJson(diagnostics) };
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
