import type { PipelineExplanation } from "@imagewright/control-plane";
import { BaseCommand } from "../../cli/base-command.js";
import { planeFlags, readConfigurationToWrite, serviceFlags } from "../../cli/configuration.js";
import { Args, Flags } from "../../cli/oclif.js";
import { renderWhy } from "../../render/pipeline.js";
import { withPlane } from "../../serve/with-plane.js";

const MOST = 100;

export default class PipelineWhy extends BaseCommand {
  static override summary = "Say why a pipeline did or did not build when it was due, and what would happen if it were due now.";
  static override description =
    "The newest evaluation comes first. What would happen now is found out without building: components and base images are compared with those of the last build, and what the pipeline's tag asks for is looked at.";
  static override examples = [
    "<%= config.bin %> pipeline why web-nightly",
    "<%= config.bin %> pipeline why arn:aws:imagebuilder:us-east-1:000000000000:image-pipeline/web-nightly --limit 20 --json",
  ];
  static override args = { pipeline: Args.string({ description: "the name of the pipeline, or its ARN", required: true }) };
  static override flags = {
    limit: Flags.integer({ summary: "the newest so many evaluations", default: 5, min: 1, max: MOST }),
    "debian-mirror": serviceFlags["debian-mirror"],
    ...planeFlags,
  };

  async run(): Promise<PipelineExplanation> {
    const { args, flags } = await this.parse(PipelineWhy);
    const configuration = await readConfigurationToWrite(flags, (found) => this.report(found));
    const signal = this.cancelSignal();
    const explanation = await withPlane(configuration, async (plane, { debianMirror }) => {
      const { contentProbe } = await import("../../serve/probe-content.js");
      const probe = contentProbe(configuration, debianMirror);
      return plane.pipelines.explain({ nameOrArn: args.pipeline, most: flags.limit, probe, signal });
    });
    this.print(renderWhy(explanation));
    return explanation;
  }
}
