import { isUnderSudo } from "@imagewright/configuration";

/** A command as the person has to type it: under sudo it is root's, as this one is. */
export function asTyped(command: string, environment: NodeJS.ProcessEnv = process.env): string {
  return isUnderSudo(environment) && !command.startsWith("sudo ") ? `sudo ${command}` : command;
}

/** What hints tell people to run on this computer; each works on root's files, or changes the system. */
const PROGRAMS = ["apt-get", "buildah", "docker", "ib", "podman", "service", "systemctl", "umount"];
const COMMAND_AT_END = new RegExp(`^((?:.*: )?)((?:${PROGRAMS.join("|")}) .*|dockerd)$`);

/** A hint or a fix whose end is a command, alone or behind a colon, with that command as the person has to type it. */
export function hintAsTyped(hint: string, environment: NodeJS.ProcessEnv = process.env): string {
  const [, words, command] = COMMAND_AT_END.exec(hint) ?? [];
  return command === undefined ? hint : `${words ?? ""}${asTyped(command, environment)}`;
}
