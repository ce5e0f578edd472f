import { randomUUID } from "node:crypto";
import { safe } from "@imagewright/diagnostics";
import { BaseCommand } from "../../cli/base-command.js";
import { readConfigurationToWrite } from "../../cli/configuration.js";
import { answerTo, findNamedImage, imageArgs, imageCaller, imageFlags } from "../../image/named-image.js";
import { withPlane } from "../../serve/with-plane.js";

export default class ImageCancel extends BaseCommand {
  static override summary = "Cancel the creation of an image.";
  static override description =
    "What runs for it is ended and removed. An image that no server has begun is CANCELLED at once; otherwise the server that builds it ends it within seconds.";
  static override examples = ["<%= config.bin %> image cancel web-server/1.0.0/3"];
  static override args = imageArgs;
  static override flags = imageFlags;

  async run(): Promise<{ readonly arn: string }> {
    const { args, flags } = await this.parse(ImageCancel);
    const configuration = await readConfigurationToWrite(flags, (found) => this.report(found));
    return withPlane(configuration, async (plane, settings) => {
      const { image, caller } = await findNamedImage(plane, args.image, imageCaller(settings, flags["image-region"]));
      const { arn } = image;
      await answerTo(plane.call("CancelImageCreation", { imageBuildVersionArn: arn, clientToken: randomUUID() }, caller));
      this.say(safe`${arn} is to be cancelled\n`);
      return { arn };
    });
  }
}
