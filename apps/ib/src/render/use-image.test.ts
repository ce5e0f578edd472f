import { expect, test } from "@jest/globals";
import { copyElsewhere, lookInside } from "./use-image.js";

const PLAIN = { environment: {}, global: [], run: [] };
const ROOTLESS = { environment: { STORAGE_DRIVER: "overlay" }, global: [], run: [] };
const SHELL = ["sh", "/home/me/state/shell-in-container"];
const TAG = "localhost/web:1.0.0-1";

test.each([
  ["docker", PLAIN, false, `docker run --rm --interactive --tty ${TAG} sh`],
  [
    "podman",
    { ...ROOTLESS, global: ["--runtime", "runc"], run: ["--network", "host"] },
    false,
    `STORAGE_DRIVER=overlay podman --runtime runc run --network host --rm --interactive --tty ${TAG} sh`,
  ],
  [
    "buildah",
    { ...ROOTLESS, shell: SHELL },
    false,
    `ctr=$(STORAGE_DRIVER=overlay buildah from --pull-never ${TAG}) && STORAGE_DRIVER=overlay sh /home/me/state/shell-in-container "$ctr"; STORAGE_DRIVER=overlay buildah rm "$ctr"`,
  ],
  [
    "buildah",
    { ...PLAIN, shell: SHELL },
    true,
    `ctr=$(sudo buildah from --pull-never ${TAG}) && sudo sh /home/me/state/shell-in-container "$ctr"; sudo buildah rm "$ctr"`,
  ],
])("how to look inside an image of %s: %j, sudo %s", (engine, byHand, sudo, expected) => {
  expect(lookInside(TAG, { engine, byHand, sudo })).toBe(expected);
});

test.each([
  ["docker", false, `docker tag ${TAG} REGISTRY/web:1 && docker push REGISTRY/web:1`],
  ["podman", false, `podman push ${TAG} docker://REGISTRY/web:1`],
  ["buildah", true, `sudo buildah push ${TAG} docker://REGISTRY/web:1`],
])("how to copy an image of %s elsewhere, sudo %s", (engine, sudo, expected) => {
  expect(copyElsewhere(TAG, "web:1", { engine, byHand: PLAIN, sudo })).toBe(expected);
});
