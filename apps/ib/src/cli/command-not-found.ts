import type { Hook } from "@oclif/core/hooks";
import { unknownName } from "@imagewright/diagnostics";

/** Says which commands there are and which one may have been meant; oclif calls it where none has the name. */
export const commandNotFound: Hook<"command_not_found"> = async ({ id, config, context }) => {
  const words = id.split(":");
  // oclif takes the arguments behind an unknown name for parts of it
  const named = config.topics.some(({ name }) => name === words[0]) ? words.slice(0, 2) : words.slice(0, 1);
  process.stderr.write(
    `${unknownName(
      "command",
      named.join(" "),
      config.commandIDs.map((known) => known.replaceAll(":", " ")),
    )}\n`,
  );
  context.exit(2);
};
