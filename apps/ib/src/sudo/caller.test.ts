import { isRoot } from "@imagewright/test-kit";
import { expect, test } from "@jest/globals";
import { findCaller } from "./caller.js";

const asRoot = isRoot ? test : test.skip;

asRoot.each([
  [undefined, undefined],
  ["", undefined],
  ["0", undefined],
  ["65534", { name: "nobody", uid: 65534, gid: 65534, home: "/nonexistent" }],
  ...["-1", "+65534", "65534 ", "nobody", "0x10", "3987654321", "99999999999", "4294967295", "65534\n0", "\u001b[31m"].map(
    (uid) => [uid, { problem: `SUDO_UID is ${JSON.stringify(uid)}, which is no user of this machine` }] as const,
  ),
])("SUDO_UID %j means the caller %j (needs root)", async (uid, expected) => {
  // what else sudo says is not believed
  expect(await findCaller({ SUDO_UID: uid, SUDO_GID: "0", SUDO_USER: "root", HOME: "/root" })).toEqual(expected);
});

(isRoot ? test.skip : test)("an ordinary user is nobody's deputy (needs another user than root)", async () => {
  expect(await findCaller({ SUDO_UID: "65534" })).toBeUndefined();
});
