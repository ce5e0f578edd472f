import { Flags } from "@oclif/core";
import { inspectEngines, type EngineReport } from "@imagewright/build-hosts";
import { BaseCommand } from "../cli/base-command.js";
import { stateFolder } from "../cli/surroundings.js";
import { createPalette } from "../render/palette.js";

interface DoctorResult {
  readonly usable: boolean;
  readonly engines: readonly EngineReport[];
}

export default class Doctor extends BaseCommand {
  static override summary = "Tell what is here for building images, what is missing, and the command that fixes it.";
  static override examples = ["<%= config.bin %> doctor", "<%= config.bin %> doctor --json"];
  static override flags = { engine: Flags.string({ summary: "look at this engine only", options: ["buildah", "podman", "docker"] }) };
}
