import { BaseCommand } from "../../cli/base-command.js";
import { awsFlags, dataFlags, networkFlags, openFor } from "../../cli/configuration.js";
import { configurationJson, renderConfiguration, type ConfigurationJson } from "../../render/configuration.js";

export default class ConfigShow extends BaseCommand {
  static override summary = "Show the settings in force, and where each comes from.";
  static override examples = ["<%= config.bin %> config show", "<%= config.bin %> config show --region eu-west-1 --json"];
  static override flags = { ...dataFlags, ...awsFlags, ...networkFlags };

  async run(): Promise<ConfigurationJson> {
    const { flags } = await this.parse(ConfigShow);
    const { configuration, file, diagnostics } = await openFor(flags);
    this.report(diagnostics);
    const shown = configurationJson(configuration, file);
    this.print(renderConfiguration(shown));
    return shown;
  }
}
