import { openConfiguration, type Configuration } from "@imagewright/configuration";
import { hasErrors, renderText } from "@imagewright/diagnostics";
import { agentError } from "../errors.js";
import type { Terminal } from "../terminal.js";

/**
 * The settings of AWS and the state folder, from the environment and Imagewright's configuration file. Throws where that has faults, which
 * are shown.
 */
export async function agentConfiguration(terminal: Terminal): Promise<Configuration> {
  const { configuration, file = "", diagnostics } = await openConfiguration({ environment: process.env });
  terminal.err(renderText(diagnostics, terminal));
  if (hasErrors(diagnostics)) throw agentError("configuration-invalid", { file });
  return configuration;
}
