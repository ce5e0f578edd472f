import { ENGINES, inspectEngines, type EngineReport } from "@imagewright/build-hosts";
import { BaseCommand } from "../cli/base-command.js";
import { dataFlags, readConfiguration } from "../cli/configuration.js";
import { Flags } from "../cli/oclif.js";
import { inspectTools, type ToolReport } from "../doctor/inspect-tools.js";
import { createPalette } from "../render/palette.js";

interface DoctorResult {
  /** Whether images can be built. */
  readonly usable: boolean;
  readonly engines: readonly EngineReport[];
  readonly tools: readonly ToolReport[];
}

export default class Doctor extends BaseCommand {
  static override summary = "Show what is installed for building images, what is missing, and the command that fixes it.";
  static override examples = ["<%= config.bin %> doctor", "<%= config.bin %> doctor --json"];
  static override flags = { engine: Flags.option({ options: ENGINES, summary: "check this engine only" })(), ...dataFlags };

  async run(): Promise<DoctorResult> {
    const { flags } = await this.parse(Doctor);
    const engines = (await inspectEngines()).filter(({ engine }) => flags.engine === undefined || flags.engine === engine);
    const tools = await inspectTools(await readConfiguration(flags, (found) => this.report(found)));
    const usable = engines.some((engine) => engine.usable) && tools.every((tool) => tool.usable || !tool.required);
    this.#show(engines, tools);
    if (!usable) process.exitCode = 1;
    return { usable, engines, tools };
  }

  #show(engines: readonly EngineReport[], tools: readonly ToolReport[]): void {
    const palette = createPalette(this.color);
    const chosen = engines.find(({ usable }) => usable);
    for (const { engine, usable, finding, fix } of engines) {
      const mark = usable ? palette.green("ok     ") : palette.yellow("missing");
      this.say(`${mark} ${engine} ${finding}${engine === chosen?.engine ? "; builds use it" : ""}\n${fixLine(usable, fix)}`);
    }
    for (const { name, usable, finding, fix, required } of tools) {
      const mark = usable ? palette.green("ok     ") : required ? palette.red("missing") : palette.yellow("missing");
      this.say(`${mark} ${name}: ${finding}\n${fixLine(usable, fix)}`);
    }
    if (chosen === undefined) this.say("no container engine works, so images cannot be built here; one of the three is enough\n");
  }
}

function fixLine(usable: boolean, fix: string | undefined): string {
  return usable || fix === undefined ? "" : `        fix: ${fix}\n`;
}
