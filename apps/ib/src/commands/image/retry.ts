import { randomUUID } from "node:crypto";
import { safe } from "@imagewright/diagnostics";
import { BaseCommand } from "../../cli/base-command.js";
import { readConfigurationToWrite } from "../../cli/configuration.js";
import { answerTo, findNamedImage, imageArgs, imageCaller, imageFlags } from "../../image/named-image.js";
import { withPlane } from "../../serve/with-plane.js";

export default class ImageRetry extends BaseCommand {
  static override summary = "Go on with an image that failed, or was cancelled, at its tests or distribution.";
  static override description =
    "The image keeps its version and number. What was made is kept for 24 hours; the next attempt begins with it, at the stage that failed, as soon as a server has room.";
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
      const again = await answerTo(plane.call("GetImage", { imageBuildVersionArn: arn }, caller));
      const stage = again.image?.state?.status ?? "";
      this.say(safe`${arn} goes on at ${stage} with what was made; if that is not kept any more, all of it is built again\n`);
      return { arn };
    });
  }
}
