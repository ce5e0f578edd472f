import type { ImageLogLine } from "@imagewright/control-plane";
import { joinSafe, safe, safeJson } from "@imagewright/diagnostics";
import { BaseCommand } from "../../cli/base-command.js";
import { readConfigurationToWrite } from "../../cli/configuration.js";
import { Flags } from "../../cli/oclif.js";
import { readTime } from "../../cli/read-time.js";
import { line, terminal } from "../../cli/terminal.js";
import { findNamedImage, imageArgs, imageCaller, imageFlags } from "../../image/named-image.js";
import { readLog, renderLogLine } from "../../image/read-log.js";
import { withPlane } from "../../serve/with-plane.js";

export default class ImageLogs extends BaseCommand {
  static override summary = "Show what was said while an image was built: by its steps, and of its workflows.";
  static override description =
    "Works wherever the database can be reached, whichever server builds the image. With --follow the lines come as they are said, until the image has ended; the exit code is 1 unless it is AVAILABLE then, and with --json each line is one object on a line of its own.";
  static override examples = [
    "<%= config.bin %> image logs web-server --follow",
    "<%= config.bin %> image logs web-server/1.0.0/3 --step ApplyBuildComponents",
    "<%= config.bin %> image logs web-server --since 2027-01-01T08:00:00Z --json",
  ];
  static override args = imageArgs;
  static override flags = {
    follow: Flags.boolean({ char: "f", summary: "go on until the image has ended" }),
    workflow: Flags.string({ summary: "what this run of a workflow says", helpValue: "ID" }),
    step: Flags.string({ summary: "what steps of this name say", helpValue: "NAME" }),
    since: Flags.string({ summary: "what was said at this time or later", helpValue: "TIME" }),
    ...imageFlags,
  };

  async run(): Promise<readonly ImageLogLine[] | undefined> {
    const { args, flags } = await this.parse(ImageLogs);
    const { follow, workflow: workflowExecutionId, step } = flags;
    const query = { workflowExecutionId, step, since: flags.since === undefined ? undefined : readTime("since", flags.since) };
    const configuration = await readConfigurationToWrite(flags, (found) => this.report(found));
    const signal = follow ? this.cancelSignal() : undefined;
    const collected: ImageLogLine[] = [];
    await withPlane(configuration, async (plane, settings) => {
      const { image } = await findNamedImage(plane, args.image, imageCaller(settings, flags["image-region"]));
      for await (const lines of readLog(plane.logs, image.arn, query, { follow, signal })) {
        if (!this.jsonEnabled()) this.print(joinSafe(lines.map(renderLogLine), "\n"));
        else if (follow) for (const each of lines) terminal.out(line(safeJson(each)));
        else collected.push(...lines);
      }
      if (follow) this.#end((await plane.logs.stateOf(image.arn)).status);
    });
    return follow ? undefined : collected;
  }

  protected override whatEnds(): string {
    return "the log is no longer followed, and the image goes on";
  }

  protected override whatIsLeft(): string {
    return "the image goes on";
  }

  #end(status: string): void {
    if (status === "AVAILABLE") return;
    process.exitCode = 1;
    this.say(safe`the image is ${status}\n`);
  }
}
