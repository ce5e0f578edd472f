import { existsSync } from "node:fs";
import { isUnderSudo, type Configuration } from "@imagewright/configuration";
import type { PlacedBuild } from "@imagewright/control-plane";
import { logFolderOfImage } from "@imagewright/executions";
import { findKept, serviceBuildFolders, type DamagedKept, type KeptMachine } from "@imagewright/image-build";
import { chooseHost } from "../../cli/open-build-host.js";
import { BaseCommand } from "../../cli/base-command.js";
import { readConfigurationToWrite } from "../../cli/configuration.js";
import { describeImageRun, type ShownImage } from "../../image/describe-run.js";
import { findNamedImage, imageArgs, imageCaller, imageFlags } from "../../image/named-image.js";
import { renderServiceImage } from "../../render/service-image.js";
import type { ImageUse } from "../../render/use-image.js";
import { withPlane } from "../../serve/with-plane.js";

interface OnThisComputer {
  readonly logFolder: string | null;
  /** The build whose container is kept, which `ib build discard` removes. */
  readonly keptBy: string | null;
}

export default class ImageShow extends BaseCommand {
  static override summary = "Show an image of the service: its state and why, its workflows and steps, how to use it, where its logs are.";
  static override examples = ["<%= config.bin %> image show web-server", "<%= config.bin %> image show web-server/1.0.0/3 --json"];
  static override args = imageArgs;
  static override flags = imageFlags;

  async run(): Promise<ShownImage & OnThisComputer> {
    const { args, flags } = await this.parse(ImageShow);
    const configuration = await readConfigurationToWrite(flags, (found) => this.report(found));
    return withPlane(configuration, async (plane, settings) => {
      const { image, caller } = await findNamedImage(plane, args.image, imageCaller(settings, flags["image-region"]));
      const shown = await describeImageRun(plane, image, caller);
      const folder = logFolderOfImage(configuration.dataFolder.value, { ...caller, ...image, buildVersion: image.build });
      const logFolder = existsSync(folder) ? folder : null;
      const use = shown.containers.length === 0 || this.jsonEnabled() ? undefined : await this.#useOf(configuration);
      const kept = this.#keptOf(await plane.runs.buildOf(image.arn), configuration);
      this.print(renderServiceImage(shown, { logFolder, use, kept }));
      return { ...shown, logFolder, keptBy: kept?.owner ?? null };
    });
  }

  /** The container in which the image has failed, if it is kept on this computer. */
  #keptOf(build: PlacedBuild | undefined, { stateFolder }: Configuration): KeptMachine | DamagedKept | undefined {
    if (build === undefined) return undefined;
    return findKept(serviceBuildFolders({ dataFolder: build.folder, stateFolder: stateFolder.value }), build.id);
  }

  /** Undefined where there is no engine: the image may be on another computer. */
  async #useOf(configuration: Configuration): Promise<ImageUse | undefined> {
    const chosen = await chooseHost(undefined, configuration, this.say).catch(() => undefined);
    return chosen && { engine: chosen.host.name, byHand: chosen.byHand, sudo: isUnderSudo(process.env) };
  }
}
