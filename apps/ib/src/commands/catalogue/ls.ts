import { BaseCommand } from "../../cli/base-command.js";
import { catalogueFlags, readConfiguration } from "../../cli/configuration.js";
import { catalogueEntries, renderCatalogue, type CatalogueEntry } from "../../render/catalogue.js";
import { openCatalogue } from "../../serve/open-catalogue.js";

export default class CatalogueList extends BaseCommand {
  static override summary = "List the components, workflows and base images that come with the service.";
  static override description =
    "They are those of this program and of a folder of one's own. In ARNs their owner is aws. Base images have the dates of their releases as versions.";
  static override examples = ["<%= config.bin %> catalogue ls", "<%= config.bin %> catalogue ls --catalogue ./catalogue --json"];
  static override flags = catalogueFlags;

  async run(): Promise<readonly CatalogueEntry[]> {
    const { flags } = await this.parse(CatalogueList);
    const report = this.report.bind(this);
    const { service } = await readConfiguration(flags, report);
    const entries = catalogueEntries(await openCatalogue(service.catalogueFolder?.value, report));
    this.print(renderCatalogue(entries));
    return entries;
  }
}
