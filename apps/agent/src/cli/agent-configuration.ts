import { openConfiguration, type Configuration, type GivenFlags } from "@imagewright/configuration";
import { hasErrors, showDiagnostics } from "@imagewright/diagnostics";
import { agentError } from "../errors.js";
import type { Terminal } from "../terminal.js";

/**
 * The settings of AWS and the state folder, from the environment and Imagewright's configuration file. Throws where that has faults, which
 * are shown.
 */
export async function agentConfiguration(terminal: Terminal, flags: GivenFlags = {}): Promise<Configuration> {
  const { configuration, file = "", diagnostics } = await openConfiguration({ flags, environment: process.env });
  terminal.err(showDiagnostics(diagnostics, terminal));
  if (hasErrors(diagnostics)) throw agentError("configuration-invalid", { file });
  return configuration;
}
