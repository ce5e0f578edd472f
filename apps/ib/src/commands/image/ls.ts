import type { ListedImage } from "@imagewright/control-plane";
import { safe } from "@imagewright/diagnostics";
import { enumValues, slugOf, type ImageStatus } from "@imagewright/imagebuilder-model";
import { steadyNow } from "@imagewright/node-host";
import { BaseCommand } from "../../cli/base-command.js";
import { readConfigurationToWrite } from "../../cli/configuration.js";
import { Flags } from "../../cli/oclif.js";
import { imageCaller, imageFlags } from "../../image/named-image.js";
import { formatAge } from "../../render/duration.js";
import { renderTable } from "../../render/table.js";
import { withPlane } from "../../serve/with-plane.js";

const MOST = 100_000;
const STATES: readonly ImageStatus[] = enumValues("ImageStatus");

export default class ImageLs extends BaseCommand {
  static override summary = "List the builds of images of the service, the newest first.";
  static override examples = ["<%= config.bin %> image ls", "<%= config.bin %> image ls --name web-server --status FAILED"];
  static override flags = {
    name: Flags.string({ summary: "images of this name", helpValue: "NAME" }),
    status: Flags.option({ options: STATES, summary: "images in this state", helpValue: "STATE" })(),
    limit: Flags.integer({ summary: "the newest so many", default: 100, min: 1, max: MOST }),
    ...imageFlags,
  };

  async run(): Promise<readonly ListedImage[]> {
    const { flags } = await this.parse(ImageLs);
    const { status, limit } = flags;
    const configuration = await readConfigurationToWrite(flags, (found) => this.report(found));
    const images = await withPlane(configuration, (plane, settings) => {
      const { account, region } = imageCaller(settings, flags["image-region"]);
      return plane.findImages({ account, region, status, limit, name: flags.name === undefined ? undefined : slugOf(flags.name) });
    });
    if (images.length === 0) this.say(safe`no images\n`);
    else this.print(renderTable(["NAME", "VERSION", "STATE", "PIPELINE", "CREATED", "AGE"], images.map(cellsOf)));
    if (images.length === limit) this.say(safe`the newest ${limit}; --limit shows more\n`);
    return images;
  }
}

function cellsOf({ name, version, build, status, pipelineArn, createdAt }: ListedImage): readonly string[] {
  const pipeline = pipelineArn?.replace(/^.*\//, "") ?? "";
  const age = formatAge((steadyNow() - createdAt.getTime()) / 1000);
  return [name, `${version}/${build}`, status, pipeline, createdAt.toISOString(), age];
}
