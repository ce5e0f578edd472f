import type { HostPorts } from "@imagewright/action-contract";
import { createNodeHost } from "@imagewright/node-host";

/** This machine, but each command is prefixed with another one: `["chroot", FOLDER]` or `["setpriv", …]`. */
export function prefixedHost(prefix: readonly [string, ...string[]]): HostPorts {
  const host = createNodeHost();
  const [file, ...parameters] = prefix;
  return {
    ...host,
    processes: {
      run: (command, streams) =>
        host.processes.run({ ...command, file, arguments: [...parameters, command.file, ...command.arguments] }, streams),
    },
  };
}
