import type { Hook } from "@oclif/core/hooks";
import { unknownName } from "@imagewright/diagnostics";
import { line, terminal } from "./terminal.js";

/** Lists the commands and suggests one; called by oclif for an unknown command. */
export const commandNotFound: Hook<"command_not_found"> = async ({ id, config, context }) => {
  const words = id.split(":");
  // oclif treats the arguments after an unknown name as parts of it
  const named = config.topics.some(({ name }) => name === words[0]) ? words.slice(0, 2) : words.slice(0, 1);
  const known = config.commandIDs.map((each) => each.replaceAll(":", " "));
  terminal.err(line(unknownName("command", named.join(" "), known)));
  context.exit(2);
};
