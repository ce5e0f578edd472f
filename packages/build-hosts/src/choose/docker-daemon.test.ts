import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { withTemporaryFolder } from "@imagewright/test-kit";
import { expect, test } from "@jest/globals";
import { howToTurn } from "./docker-daemon.js";

test("docker's daemon is started by systemd where that runs, else by its script, else by hand", () =>
  withTemporaryFolder(async (folder) => {
    const folders = { systemd: join(folder, "systemd"), scripts: folder };
    const both = () => [howToTurn("start", folders), howToTurn("restart", folders)];
    expect(both()).toEqual(["start its daemon: dockerd", "end dockerd and start it again"]);
    await writeFile(join(folder, "docker"), "");
    expect(both()).toEqual(["service docker start", "service docker restart"]);
    await mkdir(join(folder, "systemd"));
    expect(both()).toEqual(["systemctl start docker", "systemctl restart docker"]);
  }));
