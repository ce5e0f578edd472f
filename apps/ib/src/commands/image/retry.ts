import { randomUUID } from "node:crypto";
import { safe } from "@imagewright/diagnostics";
import { BaseCommand } from "../../cli/base-command.js";
import { readConfigurationToWrite } from "../../cli/configuration.js";
import { answerTo, findNamedImage, imageArgs, imageCaller, imageFlags } from "../../image/named-image.js";
import { withPlane } from "../../serve/with-plane.js";

export default class ImageRetry extends BaseCommand {
  static override summary = "Build an image that has failed once more.";
  static override description = "The image keeps its version and number, and its next attempt begins as soon as a server has room for it.";
  static override examples = ["<%= config.bin %> image retry web-server/1.0.0/3"];
  static override args = imageArgs;
  static override flags = imageFlags;

  async run(): Promise<{ readonly arn: string }> {
    const { args, flags } = await this.parse(ImageRetry);
    const configuration = await readConfigurationToWrite(flags, (found) => this.report(found));
    return withPlane(configuration, async (plane, settings) => {
      const { image, caller } = await findNamedImage(plane, args.image, imageCaller(settings, flags["image-region"]));
      const { arn } = image;
      await answerTo(plane.call("RetryImage", { imageBuildVersionArn: arn, clientToken: randomUUID() }, caller));
      this.say(safe`${arn} is to be built once more\n`);
      return { arn };
    });
  }
}
