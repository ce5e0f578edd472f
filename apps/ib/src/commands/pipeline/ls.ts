import type { ListedPipeline } from "@imagewright/control-plane";
import { safe } from "@imagewright/diagnostics";
import { BaseCommand } from "../../cli/base-command.js";
import { planeFlags, readConfigurationToWrite } from "../../cli/configuration.js";
import { Flags } from "../../cli/oclif.js";
import { renderPipelines } from "../../render/pipeline.js";
import { withPlane } from "../../serve/with-plane.js";

const MOST = 100_000;

export default class PipelineLs extends BaseCommand {
  static override summary = "List the pipelines of the service with their next and last runs, by ARN.";
  static override examples = ["<%= config.bin %> pipeline ls", "<%= config.bin %> pipeline ls --limit 1000 --json"];
  static override flags = {
    limit: Flags.integer({ summary: "the first so many", default: 100, min: 1, max: MOST }),
    ...planeFlags,
  };

  async run(): Promise<readonly ListedPipeline[]> {
    const { flags } = await this.parse(PipelineLs);
    const configuration = await readConfigurationToWrite(flags, (found) => this.report(found));
    const pipelines = await withPlane(configuration, (plane) => plane.pipelines.list(flags.limit));
    if (pipelines.length === 0) this.say(safe`there are no pipelines\n`);
    else this.print(renderPipelines(pipelines));
    if (pipelines.length === flags.limit) this.say(safe`the first ${flags.limit}; --limit shows more\n`);
    return pipelines;
  }
}
