import { existsSync } from "node:fs";

/** Where systemd and the scripts of the older init have what is looked at here. */
export interface InitFolders {
  readonly systemd: string;
  readonly scripts: string;
}

const FOLDERS: InitFolders = { systemd: "/run/systemd/system", scripts: "/etc/init.d" };

/** How docker's daemon is started or started again on this computer: a container has no systemd, and often no service at all. */
export function howToTurn(action: "start" | "restart", { systemd, scripts }: InitFolders = FOLDERS): string {
  if (existsSync(systemd)) return `systemctl ${action} docker`;
  if (existsSync(`${scripts}/docker`)) return `service docker ${action}`;
  return action === "start" ? "start its daemon: dockerd" : "end dockerd and start it again";
}
