import { isRoot } from "@imagewright/test-kit";
import { expect, test } from "@jest/globals";
import { asTyped, hintAsTyped } from "./as-typed.js";

const SUDO = { SUDO_UID: "1000" };
const asRoot = isRoot ? test : test.skip;

asRoot.each([
  ["apt-get install buildah", "sudo apt-get install buildah"],
  ["list what can be resumed with: ib build --resume", "list what can be resumed with: sudo ib build --resume"],
  ["its daemon hangs: systemctl restart docker", "its daemon hangs: sudo systemctl restart docker"],
  ["its daemon hangs: service docker restart", "its daemon hangs: sudo service docker restart"],
  ["start its daemon: dockerd", "start its daemon: sudo dockerd"],
  ["its daemon hangs: end dockerd and start it again", "its daemon hangs: end dockerd and start it again"],
  ["sudo apt-get install uidmap", "sudo apt-get install uidmap"],
  ["unset BUILDAH_RUNTIME", "unset BUILDAH_RUNTIME"],
  ["umount '/a: b'", "sudo umount '/a: b'"],
  ["wait for its end, or cancel it", "wait for its end, or cancel it"],
])("under sudo the hint %j is %j (needs root)", (hint, shown) => {
  expect([hintAsTyped(hint, SUDO), hintAsTyped(hint, {})]).toEqual([shown, hint]);
});

asRoot("a command begins with one sudo there, and with none elsewhere (needs root)", () => {
  expect(["ib doctor", "sudo ib doctor"].map((command) => asTyped(command, SUDO))).toEqual(["sudo ib doctor", "sudo ib doctor"]);
  expect(asTyped("ib doctor", { SUDO_UID: "0" })).toBe("ib doctor");
});
