import { expect, test } from "@jest/globals";
import { reportOfDocker } from "./inspect-engines.js";

const DAEMON = "runc [name=seccomp,profile=builtin name=cgroupns]\n";
const ROOTLESS = "runc [name=seccomp,profile=builtin name=rootless]\n";

test.each([
  ["root", DAEMON, false, false],
  ["an ordinary user with a docker of its own", ROOTLESS, true, true],
])("%s can use docker", (_, line, isOrdinary, rootless) => {
  expect(reportOfDocker(line, isOrdinary)).toEqual({
    ...{ engine: "docker", usable: true, finding: "runs" },
    isolation: { kind: "oci", runtime: "runc", rootless, reason: "docker runs containers" },
  });
});

test.each([DAEMON, "runc [name=userns]\n"])(
  "docker of root is not usable by an ordinary user, so that another engine is taken: %j",
  (line) => {
    expect(reportOfDocker(line, true)).toEqual({
      ...{ engine: "docker", usable: false },
      finding: "has a daemon that runs as root, so the agent in its containers refuses the folders of this user",
      fix: "become root, or use podman, buildah or rootless docker",
    });
  },
);
