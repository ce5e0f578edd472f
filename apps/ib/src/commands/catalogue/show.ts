import { safe, safeLines } from "@imagewright/diagnostics";
import { BaseCommand } from "../../cli/base-command.js";
import { catalogueFlags, readConfiguration } from "../../cli/configuration.js";
import { Args } from "../../cli/oclif.js";
import { ibError } from "../../errors.js";
import { findEntry, type ShownEntry } from "../../serve/find-entry.js";
import { openCatalogue } from "../../serve/open-catalogue.js";

export default class CatalogueShow extends BaseCommand {
  static override summary = "Print the document of a component or a workflow that comes with the service, or what a base image is.";
  static override examples = [
    "<%= config.bin %> catalogue show update-linux",
    "<%= config.bin %> catalogue show python-3-linux --json",
    "<%= config.bin %> catalogue show debian-12-x86",
  ];
  static override args = { name: Args.string({ description: "the name of an entry, as ib catalogue ls lists it", required: true }) };
  static override flags = catalogueFlags;

  async run(): Promise<ShownEntry> {
    const { args, flags } = await this.parse(CatalogueShow);
    const report = this.report.bind(this);
    const { service } = await readConfiguration(flags, report);
    const found = findEntry(await openCatalogue(service.catalogueFolder?.value, report), args.name);
    if ("unknown" in found) throw ibError("no-such-entry", { message: found.unknown });
    this.print(
      found.document === null
        ? safe`${found.description}: a machine of it is launched from ${found.parentImage ?? ""}; its versions are the dates of its releases`
        : safeLines(found.document.trimEnd(), ""),
    );
    return found;
  }
}
