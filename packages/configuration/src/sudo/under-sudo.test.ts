import { expect, test } from "@jest/globals";
import { openConfiguration } from "../open-configuration.js";
import { isUnderSudo, rootsEnvironment } from "./under-sudo.js";

test.each([
  ["root that a user called", { SUDO_UID: "1000" }, 0, true],
  ["root that an unknown user called", { SUDO_UID: "nobody knows" }, 0, true],
  ["root that root called", { SUDO_UID: "0" }, 0, false],
  ["root by itself", {}, 0, false],
  ["root with an empty variable", { SUDO_UID: "" }, 0, false],
  ["a user who sets the variable", { SUDO_UID: "1000" }, 1000, false],
])("under sudo is: %s", (_, environment, uid, expected) => {
  expect(isUnderSudo(environment, uid)).toBe(expected);
});

const CALLERS = {
  ...{
    HOME: "/home/me",
    USER: "me",
    LOGNAME: "me",
    XDG_DATA_HOME: "/home/me/data",
    XDG_STATE_HOME: "/home/me/state",
    TMPDIR: "/home/me/tmp",
  },
  ...{ XDG_CONFIG_HOME: "/home/me/config", XDG_RUNTIME_DIR: "/run/user/1000", CONTAINERS_STORAGE_CONF: "/home/me/storage.conf" },
  ...{ STORAGE_DRIVER: "vfs", PATH: "/usr/bin", AWS_REGION: "eu-west-1", SUDO_UID: "1000" },
};

test("root's environment names no folder of the caller", () => {
  expect(rootsEnvironment(CALLERS, "/root")).toEqual({
    ...{ HOME: "/root", USER: "root", LOGNAME: "root", PATH: "/usr/bin", AWS_REGION: "eu-west-1", SUDO_UID: "1000" },
  });
});

(process.getuid?.() === 0 ? test : test.skip)(
  "under sudo the folders are root's, whatever the caller's environment says (needs root)",
  async () => {
    const { configuration, file } = await openConfiguration({ environment: CALLERS });
    expect([configuration.dataFolder, configuration.stateFolder, configuration.region?.value, file]).toEqual([
      { value: "/root/.local/share/imagewright", origin: { kind: "default" } },
      { value: "/var/lib/imagewright/state", origin: { kind: "default" } },
      "eu-west-1",
      undefined,
    ]);
  },
);
