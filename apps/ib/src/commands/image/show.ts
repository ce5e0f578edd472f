import { existsSync } from "node:fs";
import { isUnderSudo, type Configuration } from "@imagewright/configuration";
import { logFolderOfImage } from "@imagewright/executions";
import { chooseHost } from "../../cli/open-build-host.js";
import { BaseCommand } from "../../cli/base-command.js";
import { readConfigurationToWrite } from "../../cli/configuration.js";
import { describeImageRun, type ShownImage } from "../../image/describe-run.js";
import { findNamedImage, imageArgs, imageCaller, imageFlags } from "../../image/named-image.js";
import { renderServiceImage } from "../../render/service-image.js";
import type { ImageUse } from "../../render/use-image.js";
import { withPlane } from "../../serve/with-plane.js";

export default class ImageShow extends BaseCommand {
  static override summary = "Show an image of the service: its state and why, its workflows and steps, how to use it, where its logs are.";
  static override examples = ["<%= config.bin %> image show web-server", "<%= config.bin %> image show web-server/1.0.0/3 --json"];
  static override args = imageArgs;
  static override flags = imageFlags;

  async run(): Promise<ShownImage & { readonly logFolder: string | null }> {
    const { args, flags } = await this.parse(ImageShow);
    const configuration = await readConfigurationToWrite(flags, (found) => this.report(found));
    return withPlane(configuration, async (plane, settings) => {
      const { image, caller } = await findNamedImage(plane, args.image, imageCaller(settings, flags["image-region"]));
      const shown = await describeImageRun(plane, image, caller);
      const folder = logFolderOfImage(configuration.dataFolder.value, { ...caller, ...image, buildVersion: image.build });
      const logFolder = existsSync(folder) ? folder : null;
      const use = shown.containers.length === 0 || this.jsonEnabled() ? undefined : await this.#useOf(configuration);
      this.print(renderServiceImage(shown, { logFolder, use }));
      return { ...shown, logFolder };
    });
  }

  /** Undefined where there is no engine: the image may be on another computer. */
  async #useOf(configuration: Configuration): Promise<ImageUse | undefined> {
    const chosen = await chooseHost(undefined, configuration, this.say).catch(() => undefined);
    return chosen && { engine: chosen.host.name, byHand: chosen.byHand, sudo: isUnderSudo(process.env) };
  }
}
