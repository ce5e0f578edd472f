import { describe, expect, test } from "@jest/globals";
import { accessList } from "./new-folder.js";
import { whyOthersCanSwap, whyOthersCanWrite } from "./other-writers.js";
import { EVERYBODY, readSecurityDescriptor } from "./security-descriptor.js";
import { encodeDescriptor, type TestEntry } from "./testing/encode-descriptor.js";

const ME = "S-1-5-21-397955417-626881126-188441444-1001";
const OTHER = "S-1-5-21-397955417-626881126-188441444-1002";
const [SYSTEM, ADMINISTRATORS, USERS, AUTHENTICATED, CREATOR] = [
  "S-1-5-18",
  "S-1-5-32-544",
  "S-1-5-32-545",
  "S-1-5-11",
  "S-1-3-0",
] as const;
const INSTALLER = "S-1-5-80-956008885-3418522649-1831038044-1853292631-2271478464";
const [ALL, READ, MODIFY, TO_INSIDE, INSIDE_ONLY] = [0x1f01ff, 0x1200a9, 0x1301bf, 0x3, 0xb] as const;

const TRUSTED: readonly TestEntry[] = [
  [0, TO_INSIDE, ALL, SYSTEM],
  [0, TO_INSIDE, ALL, ADMINISTRATORS],
];
const descriptor = (owner: string, ...entries: readonly TestEntry[]) => readSecurityDescriptor(encodeDescriptor(owner, entries));
// as Windows makes them
const DRIVE = descriptor(
  INSTALLER,
  ...TRUSTED,
  [0, TO_INSIDE, READ, USERS],
  [0, 0, 0x4, AUTHENTICATED],
  [0, INSIDE_ONLY, 0xe001_0000, AUTHENTICATED],
);
const PROGRAM_DATA = descriptor(
  SYSTEM,
  ...TRUSTED,
  [0, INSIDE_ONLY, 0x1000_0000, CREATOR],
  [0, TO_INSIDE, READ, USERS],
  [0, 2, 0x116, USERS],
);
const PROFILE = descriptor(SYSTEM, ...TRUSTED, [0, TO_INSIDE, ALL, ME]);
const OWN = descriptor(ADMINISTRATORS, ...TRUSTED);

test("a descriptor is read as Windows has it", () => {
  expect(
    descriptor(ME, [0, TO_INSIDE, ALL, SYSTEM], [1, 0, READ, USERS], [0, INSIDE_ONLY, 0x1000_0000, CREATOR], [5, 0, 1, USERS]),
  ).toEqual({
    owner: ME,
    entries: [
      { sid: SYSTEM, rights: ALL, isForInside: false },
      { sid: CREATOR, rights: 0x1000_0000, isForInside: true },
      // of a kind that is not known
      { sid: EVERYBODY, rights: 1, isForInside: false },
    ],
  });
  expect(readSecurityDescriptor(encodeDescriptor(ME))).toEqual({ owner: ME, entries: undefined });
});

const OTHERS_WRITE = "others than its owner can write to it";

describe("a folder of Windows in which", () => {
  test.each([
    ["the system and administrators alone write", OWN, undefined],
    ["the user writes, too", PROFILE, undefined],
    ["all users read", descriptor(ME, ...TRUSTED, [0, TO_INSIDE, READ, USERS]), undefined],
    ["others are denied what nobody is allowed", descriptor(ME, ...TRUSTED, [1, 0, ALL, OTHER]), undefined],
    ["who makes something has it", descriptor(ME, ...TRUSTED, [0, INSIDE_ONLY, 0x1000_0000, CREATOR]), undefined],
    ["all users can make something, as in %ProgramData%", PROGRAM_DATA, OTHERS_WRITE],
    ["all can change what is made, as on a drive", DRIVE, OTHERS_WRITE],
    ["all users can change everything", descriptor(ME, ...TRUSTED, [0, TO_INSIDE, MODIFY, AUTHENTICATED]), OTHERS_WRITE],
    ["another user can change the access list", descriptor(ME, ...TRUSTED, [0, 0, 0x4_0000, OTHER]), OTHERS_WRITE],
    ["all users can set attributes, as for a junction", descriptor(ME, ...TRUSTED, [0, 0, 0x100, USERS]), OTHERS_WRITE],
    ["there is no access list", readSecurityDescriptor(encodeDescriptor(ME)), OTHERS_WRITE],
    ["another user is the owner", descriptor(OTHER, ...TRUSTED), "it belongs to another user"],
  ])("%s", (_, folder, expected) => {
    expect(whyOthersCanWrite(folder, ME)).toBe(expected);
  });
});

describe("a folder of Windows above one", () => {
  const REPLACED = "others than its owner can replace what is in it";
  test.each([
    ["is %ProgramData%", PROGRAM_DATA, OWN, undefined],
    ["is the root of a drive", DRIVE, OWN, undefined],
    [
      "is the root of a drive, in which others may remove it",
      DRIVE,
      descriptor(ME, ...TRUSTED, [0, TO_INSIDE, MODIFY, AUTHENTICATED]),
      REPLACED,
    ],
    ["lets others remove what is in it", descriptor(ME, ...TRUSTED, [0, 0, 0x40, USERS]), OWN, REPLACED],
    ["is another user's", descriptor(OTHER, ...TRUSTED), OWN, "it belongs to another user, who can replace what is in it"],
    ["has one that another user has made", PROGRAM_DATA, descriptor(OTHER, ...TRUSTED), REPLACED],
  ])("%s", (_, folder, entry, expected) => {
    expect(whyOthersCanSwap(folder, entry, ME)).toBe(expected);
  });
});

test.each([
  ["an administrator's", 0o700, true, "O:BAD:P(A;OICI;FA;;;SY)(A;OICI;FA;;;BA)"],
  ["a user's", 0o700, false, `D:P(A;OICI;FA;;;SY)(A;OICI;FA;;;BA)(A;OICI;FA;;;${ME})`],
  ["one that others read", 0o755, true, "O:BAD:P(A;OICI;FA;;;SY)(A;OICI;FA;;;BA)(A;OICI;FRFX;;;WD)"],
])("the access list of a new folder: %s", (_, mode, isAdministrator, expected) => {
  expect(accessList(mode, { sid: ME, isAdministrator })).toBe(expected);
});
