import { ENGINES, inspectEngines, inspectRootless, type EngineReport, type RootlessCheck } from "@imagewright/build-hosts";
import { createStyles, safe, type SafeText } from "@imagewright/diagnostics";
import { BaseCommand } from "../cli/base-command.js";
import { dataFlags, readConfiguration } from "../cli/configuration.js";
import { Flags } from "../cli/oclif.js";
import { withFixAsRoot } from "../doctor/fix-as-root.js";
import { inspectTools, type ToolReport } from "../doctor/inspect-tools.js";
import { describeIsolation } from "../render/isolation.js";
import { hintAsTyped } from "../sudo/as-typed.js";
import { useRootsEnvironment } from "../sudo/use-roots-environment.js";

interface DoctorResult {
  /** Whether images can be built. */
  readonly usable: boolean;
  readonly engines: readonly EngineReport[];
  /** What an ordinary user needs to build; empty for root. */
  readonly rootless: readonly RootlessCheck[];
  readonly tools: readonly ToolReport[];
}

/** Who asks what is wrong gets an answer soon: an engine that hangs is ended long before a build would give it up. */
const PATIENCE_SECONDS = "10";

export default class Doctor extends BaseCommand {
  static override summary = "Show what is installed for building images, what is missing, and the command that fixes it.";
  static override examples = ["<%= config.bin %> doctor", "<%= config.bin %> doctor --json"];
  static override flags = { engine: Flags.option({ options: ENGINES, summary: "check this engine only" })(), ...dataFlags };

  async run(): Promise<DoctorResult> {
    const { flags } = await this.parse(Doctor);
    useRootsEnvironment();
    process.env["IMAGEWRIGHT_ENGINE_TIMEOUT"] ||= PATIENCE_SECONDS;
    const rootless = await inspectRootless();
    const inspected = (await inspectEngines()).filter(({ engine }) => flags.engine === undefined || flags.engine === engine);
    const engines = await Promise.all(inspected.map(withFixAsRoot));
    const configuration = await readConfiguration(flags, (found) => this.report(found));
    const tools = await Promise.all((await inspectTools(configuration, rootless)).map(withFixAsRoot));
    const usable = engines.some((engine) => engine.usable) && tools.every((tool) => tool.usable || !tool.required);
    this.#show(engines, [...rootless, ...tools]);
    if (!usable) process.exitCode = 1;
    return { usable, engines, rootless, tools };
  }

  #show(engines: readonly EngineReport[], tools: readonly ToolReport[]): void {
    const styles = createStyles(this.color);
    const chosen = engines.find(({ usable }) => usable);
    for (const { engine, usable, finding, fix, isolation } of engines) {
      const mark = usable ? styles.green("ok     ") : styles.yellow("missing");
      this.say(safe`${mark} ${engine} ${finding}${engine === chosen?.engine ? "; builds use it" : ""}\n${fixLine(usable, fix)}`);
      if (isolation !== undefined) this.say(safe`        isolation: ${describeIsolation(isolation)}\n`);
    }
    for (const { name, usable, finding, fix, required } of tools) {
      const mark = usable ? styles.green("ok     ") : required ? styles.red("missing") : styles.yellow("missing");
      this.say(safe`${mark} ${name}: ${finding}\n${fixLine(usable, fix)}`);
    }
    if (chosen === undefined && engines.length === ENGINES.length)
      this.say(safe`no container engine works, so images cannot be built here; one of the three is enough\n`);
    else if (chosen === undefined)
      this.say(safe`images cannot be built with ${engines.map(({ engine }) => engine).join(", ")}; ib doctor checks all engines\n`);
  }
}

function fixLine(usable: boolean, fix: string | undefined): SafeText {
  return usable || fix === undefined ? safe`` : safe`        fix: ${hintAsTyped(fix)}\n`;
}
