import { safeLines } from "@imagewright/diagnostics";
import { completionScript, SHELLS, type Shell } from "@imagewright/shell-completion";
import { BaseCommand } from "../cli/base-command.js";
import { completedProgram } from "../cli/completed-program.js";
import { Args } from "../cli/oclif.js";

interface CompletionResult {
  readonly shell: Shell;
  readonly script: string;
}

export default class Completion extends BaseCommand {
  static override summary = "Print the script that completes command lines of ib in a shell.";
  static override description =
    "The shell evaluates the script at its start. bash: `source <(ib completion bash)` in ~/.bashrc. zsh: `source <(ib completion zsh)` in ~/.zshrc, behind compinit. fish: `ib completion fish | source` in ~/.config/fish/config.fish.";
  static override examples = ["<%= config.bin %> completion bash", "<%= config.bin %> completion fish --json"];
  static override args = {
    shell: Args.string({ description: "the shell: bash, zsh or fish", required: true, options: [...SHELLS] }),
  };

  async run(): Promise<CompletionResult> {
    const { args } = await this.parse(Completion);
    const shell = args.shell as Shell; // one of the options
    const script = completionScript(shell, completedProgram(this.config));
    this.print(safeLines(script.trimEnd(), ""));
    return { shell, script };
  }
}
