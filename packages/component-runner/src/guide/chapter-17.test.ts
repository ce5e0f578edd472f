import { standardRegistry } from "@imagewright/action-modules";
import { isRoot } from "@imagewright/test-kit";
import { describe, expect, test } from "@jest/globals";
import { ExampleRunner, steps, type ExampleOptions, type ExampleRun } from "./testing/run-example.js";

const runner = new ExampleRunner(standardRegistry);

/** The only step of an example. */
const step = (action: string, inputs: string) =>
  steps(`- name: TheStep\n  action: ${action}\n  inputs:\n${inputs.replace(/^(?=.)/gm, "    ")}`);
const succeeds = (reported: Partial<ExampleRun> = {}): Partial<ExampleRun> => ({
  status: "success",
  steps: ["TheStep success"],
  outputs: {},
  ...reported,
});
const fails = (reason: string): Partial<ExampleRun> => ({ status: "failed", steps: [`TheStep failed: ${reason}`], changes: [] });

type Files = NonNullable<ExampleOptions["files"]>;
type Row = readonly [heading: string, action: string, inputs: string, files: Files, reported: Partial<ExampleRun>];

const LETTER = { "post/letter.txt": "dear" };
const LOGS = { "post/a.log": "1", "post/b.log": "2", "post/note.md": "3" };
const BOX = { "attic/box/a": "1", "attic/box/inner/b": "2" };
const BOXES = { ...BOX, "attic/boxer/c": "3", "attic/crate/d": "4" };

const APPEND: readonly Row[] = [
  [
    "append file without encoding (Linux)",
    "AppendFile",
    "- path: ./diary.txt\n  content: 'and then'",
    { "diary.txt": "first " },
    succeeds({ changes: ['- diary.txt file "first "', '+ diary.txt file "first and then"'] }),
  ],
  [
    "append file with encoding (Linux)",
    "AppendFile",
    "- path: /here/diary.txt\n  content: 'ok'\n  encoding: UTF-32",
    { "diary.txt": "" },
    succeeds({ changes: ['- diary.txt file ""', '+ diary.txt file "o\\u0000\\u0000\\u0000k\\u0000\\u0000\\u0000"'] }),
  ],
  ["append file with empty string (Linux)", "AppendFile", "- path: /here/diary.txt", { "diary.txt": "kept" }, succeeds({ changes: [] })],
];

const COPY: readonly Row[] = [
  [
    "copy a file (Linux)",
    "CopyFile",
    "- source: /here/post/letter.txt\n  destination: /here/out/copy.txt",
    LETTER,
    succeeds({ changes: ["+ out folder", '+ out/copy.txt file "dear"'] }),
  ],
  [
    "copy a file to a folder (Linux)",
    "CopyFile",
    "- source: /here/post/letter.txt\n  destination: /here/out/",
    LETTER,
    succeeds({ changes: ["+ out folder", '+ out/letter.txt file "dear"'] }),
  ],
  [
    "copy files by a pattern (Linux)",
    "CopyFile",
    "- source: /here/post/*.log\n  destination: /here/out/",
    LOGS,
    succeeds({ changes: ["+ out folder", '+ out/a.log file "1"', '+ out/b.log file "2"'] }),
  ],
  [
    "copy a file without overwriting (Linux)",
    "CopyFile",
    "- source: /here/post/letter.txt\n  destination: /here/out/copy.txt\n  overwrite: false",
    { ...LETTER, "out/copy.txt": "old" },
    fails('cannot write file "/here/out/copy.txt": it exists already, and "overwrite" is false'),
  ],
  [
    "copy a folder (Linux)",
    "CopyFolder",
    "- source: /here/attic/box\n  destination: /here/cellar/chest",
    BOX,
    succeeds({
      changes: [
        "+ cellar folder",
        "+ cellar/chest folder",
        '+ cellar/chest/a file "1"',
        "+ cellar/chest/inner folder",
        '+ cellar/chest/inner/b file "2"',
      ],
    }),
  ],
  [
    "copy a folder into another (Linux)",
    "CopyFolder",
    "- source: /here/attic/box\n  destination: /here/cellar/",
    BOX,
    succeeds({
      changes: [
        "+ cellar folder",
        "+ cellar/box folder",
        '+ cellar/box/a file "1"',
        "+ cellar/box/inner folder",
        '+ cellar/box/inner/b file "2"',
      ],
    }),
  ],
  [
    "copy folders by a pattern (Linux)",
    "CopyFolder",
    "- source: /here/attic/box*\n  destination: /here/cellar/",
    BOXES,
    succeeds({
      changes: [
        "+ cellar folder",
        "+ cellar/box folder",
        '+ cellar/box/a file "1"',
        "+ cellar/box/inner folder",
        '+ cellar/box/inner/b file "2"',
        "+ cellar/boxer folder",
        '+ cellar/boxer/c file "3"',
      ],
    }),
  ],
  [
    "copy a folder without overwriting (Linux)",
    "CopyFolder",
    "- source: /here/attic/box\n  destination: /here/cellar/chest\n  overwrite: false",
    { ...BOX, "cellar/chest/": "" },
    fails('cannot create folder "/here/cellar/chest": it exists already, and "overwrite" is false'),
  ],
];

const CREATE: readonly Row[] = [
  [
    "create a file without overwriting (Linux)",
    "CreateFile",
    "- path: /here/home/page.txt\n  content: What stands on the page.\n  overwrite: false",
    {},
    succeeds({ changes: ["+ home folder", '+ home/page.txt file "What stands on the page."'] }),
  ],
  [
    "create a file without overwriting (Linux), if there is one",
    "CreateFile",
    "- path: /here/home/page.txt\n  content: new\n  overwrite: false",
    { "home/page.txt": "old" },
    fails('cannot write file "/here/home/page.txt": it exists already, and "overwrite" is false'),
  ],
  [
    "create a file without file properties",
    "CreateFile",
    "- path: ./one.txt\n- path: two.txt",
    {},
    succeeds({ changes: ['+ one.txt file ""', '+ two.txt file ""'] }),
  ],
  [
    "an empty file that a clean-up script looks for",
    "CreateFile",
    "- path: /here/skip_cleanup_files",
    {},
    succeeds({ changes: ['+ skip_cleanup_files file ""'] }),
  ],
  [
    "create a folder (Linux)",
    "CreateFolder",
    "- path: /here/attic/box/",
    {},
    succeeds({ changes: ["+ attic folder", "+ attic/box folder"] }),
  ],
  ["a folder that exists already", "CreateFolder", "- path: /here/attic/box/\n  overwrite: true", BOX, succeeds({ changes: [] })],
  [
    "a forced link",
    "CreateSymlink",
    "- path: /here/desk/pointer.txt\n  target: /here/post/letter.txt\n  force: true",
    LETTER,
    succeeds({ changes: ["+ desk folder", "+ desk/pointer.txt link to /here/post/letter.txt"] }),
  ],
  [
    "a link without force",
    "CreateSymlink",
    "- path: pointer.txt\n  target: /here/post/letter.txt",
    LETTER,
    succeeds({ changes: ["+ pointer.txt link to /here/post/letter.txt"] }),
  ],
];

const DELETE: readonly Row[] = [
  ["delete a single file (Linux)", "DeleteFile", "- path: /here/post/a.log", LOGS, succeeds({ changes: ['- post/a.log file "1"'] })],
  [
    "delete files by their ending (Linux)",
    "DeleteFile",
    "- path: /here/post/*log",
    LOGS,
    succeeds({ changes: ['- post/a.log file "1"', '- post/b.log file "2"'] }),
  ],
  [
    "empty a folder of files (Linux)",
    "DeleteFile",
    "- path: /here/post/*",
    { ...LOGS, "post/deep/kept": "4" },
    succeeds({ changes: ['- post/a.log file "1"', '- post/b.log file "2"', '- post/note.md file "3"'] }),
  ],
  [
    "force the removal of a full folder (Linux)",
    "DeleteFolder",
    "- path: /here/attic/box/\n  force: true",
    { "attic/box/a": "1" },
    succeeds({ changes: ["- attic/box folder", '- attic/box/a file "1"'] }),
  ],
  [
    "delete a folder (Linux)",
    "DeleteFolder",
    "- path: /here/attic/box/",
    { "attic/box/": "" },
    succeeds({ changes: ["- attic/box folder"] }),
  ],
  [
    "delete a folder (Linux), which is not empty",
    "DeleteFolder",
    "- path: /here/attic/box/",
    BOX,
    fails('cannot delete folder "/here/attic/box": it is not empty'),
  ],
];

const LIST: readonly Row[] = [
  [
    "list a folder (Linux)",
    "ListFiles",
    "- path: /here/post",
    { ...LOGS, "post/deep/more": "4" },
    succeeds({ outputs: { TheStep: { files: "/here/post/a.log,/here/post/b.log,/here/post/note.md" } } }),
  ],
  [
    "list files by their ending (Linux), quoted",
    "ListFiles",
    "- path: /here/post/\n  fileNamePattern: '*log'",
    LOGS,
    succeeds({ outputs: { TheStep: { files: "/here/post/a.log,/here/post/b.log" } } }),
  ],
  [
    "list files recursively",
    "ListFiles",
    "- path: /here/post/\n  recursive: true",
    { "post/a.log": "1", "post/deep/more": "4" },
    succeeds({ outputs: { TheStep: { files: "/here/post/a.log,/here/post/deep/more" } } }),
  ],
];

const MOVE: readonly Row[] = [
  [
    "move a file (Linux)",
    "MoveFile",
    "- source: /here/post/letter.txt\n  destination: /here/out/sent.txt",
    LETTER,
    succeeds({ changes: ["+ out folder", '+ out/sent.txt file "dear"', '- post/letter.txt file "dear"'] }),
  ],
  [
    "move a file to a folder (Linux)",
    "MoveFile",
    "- source: /here/post/letter.txt\n  destination: /here/out/",
    LETTER,
    succeeds({ changes: ["+ out folder", '+ out/letter.txt file "dear"', '- post/letter.txt file "dear"'] }),
  ],
  [
    "move files by a pattern (Linux)",
    "MoveFile",
    "- source: /here/post/*.log\n  destination: /here/out/",
    LOGS,
    succeeds({
      changes: ["+ out folder", '+ out/a.log file "1"', '+ out/b.log file "2"', '- post/a.log file "1"', '- post/b.log file "2"'],
    }),
  ],
  [
    "move files by a pattern (Windows), which has no separator at the end, on Linux",
    "MoveFile",
    "- source: /here/post/*.log\n  destination: /here/out",
    LOGS,
    fails('cannot move 2 files that match "/here/post/*.log" to the one file "/here/out"'),
  ],
  [
    "move a file without overwriting (Linux)",
    "MoveFile",
    "- source: /here/post/letter.txt\n  destination: /here/out/sent.txt\n  overwrite: false",
    { ...LETTER, "out/sent.txt": "old" },
    fails('cannot write file "/here/out/sent.txt": it exists already, and "overwrite" is false'),
  ],
  [
    "move a folder (Linux)",
    "MoveFolder",
    "- source: /here/attic/box\n  destination: /here/cellar/chest",
    { "attic/box/a": "1" },
    succeeds({
      changes: ["- attic/box folder", '- attic/box/a file "1"', "+ cellar folder", "+ cellar/chest folder", '+ cellar/chest/a file "1"'],
    }),
  ],
  [
    "move a folder into another (Linux)",
    "MoveFolder",
    "- source: /here/attic/box\n  destination: /here/cellar/",
    { "attic/box/a": "1" },
    succeeds({
      changes: ["- attic/box folder", '- attic/box/a file "1"', "+ cellar folder", "+ cellar/box folder", '+ cellar/box/a file "1"'],
    }),
  ],
  [
    "move folders by a pattern (Linux)",
    "MoveFolder",
    "- source: /here/attic/box*\n  destination: /here/cellar/",
    { "attic/box/": "", "attic/boxer/": "", "attic/crate/": "" },
    succeeds({
      changes: ["- attic/box folder", "- attic/boxer folder", "+ cellar folder", "+ cellar/box folder", "+ cellar/boxer folder"],
    }),
  ],
  [
    "move a folder without overwriting (Linux), with the key among the inputs",
    "MoveFolder",
    "- source: /here/attic/box\n  destination: /here/cellar/chest\n  overwrite: false",
    { ...BOX, "cellar/chest/": "" },
    fails('cannot create folder "/here/cellar/chest": it exists already, and "overwrite" is false'),
  ],
];

const READ: readonly Row[] = [
  [
    "read a file (Linux)",
    "ReadFile",
    "- path: /here/post/letter.txt",
    LETTER,
    succeeds({ outputs: { TheStep: { content: "dear" } }, printed: [] }),
  ],
  [
    "read UTF-32",
    "ReadFile",
    "- path: /here/post/letter.txt\n  encoding: UTF-32",
    { "post/letter.txt": "d\0\0\0e\0\0\0" },
    succeeds({ outputs: { TheStep: { content: "de" } } }),
  ],
  [
    "read and print a file",
    "ReadFile",
    "- path: /here/post/letter.txt\n  printFileContent: true",
    LETTER,
    succeeds({ outputs: { TheStep: { content: "dear" } }, printed: ["dear"] }),
  ],
  [
    "set file encoding property",
    "SetFileEncoding",
    "- path: /here/post/letter.txt\n  encoding: UTF-16",
    { "post/letter.txt": "hi" },
    succeeds({ changes: ['- post/letter.txt file "hi"', '+ post/letter.txt file "h\\u0000i\\u0000"'] }),
  ],
];

const PERMISSIONS: readonly Row[] = [
  [
    "create a file with file properties, but for owners",
    "CreateFile",
    "- path: box/one.txt\n  content: hi\n  encoding: UTF-16\n  permissions: 0777\n- path: box/two.txt\n  permissions: 755\n- path: box/three.txt\n  encoding: UTF-16",
    {},
    succeeds({
      changes: ["+ box folder", '+ box/one.txt file 0777 "h\\u0000i\\u0000"', '+ box/three.txt file ""', '+ box/two.txt file 0755 ""'],
    }),
  ],
  [
    "create a folder specifying folder properties, but for owners",
    "CreateFolder",
    "- path: /here/attic/box/\n  permissions: 0777\n- path: /here/attic/crate/\n  permissions: 777",
    {},
    succeeds({ changes: ["+ attic folder", "+ attic/box folder 0777", "+ attic/crate folder 0777"] }),
  ],
  [
    "modify file permissions",
    "SetFilePermissions",
    "- path: /here/post/letter.txt\n  permissions: 766",
    LETTER,
    succeeds({ changes: ['- post/letter.txt file "dear"', '+ post/letter.txt file 0766 "dear"'] }),
  ],
  [
    "set folder permissions",
    "SetFolderPermissions",
    "- path: attic/\n  permissions: 0777",
    { "attic/a": "1" },
    succeeds({ changes: ["- attic folder", "+ attic folder 0777", '- attic/a file "1"', '+ attic/a file 0777 "1"'] }),
  ],
  [
    "permissions of a folder alone",
    "SetFolderPermissions",
    "- path: /here/attic/\n  permissions: 777\n  recursive: false",
    { "attic/a": "1" },
    succeeds({ changes: ["- attic folder", "+ attic folder 0777"] }),
  ],
];

// user 1 and group 2 replace accounts of the example that this machine does not have; only root may change owners
const OWNERS: readonly Row[] = [
  [
    "create a file with file properties",
    "CreateFile",
    "- path: box/one.txt\n  owner: daemon\n  group: '2'\n  permissions: 0777\n- path: box/two.txt\n  encoding: UTF-16\n  owner: root\n  group: daemon",
    {},
    succeeds({ changes: ["+ box folder", '+ box/one.txt file 0777 1:2 ""', '+ box/two.txt file 0644 0:1 ""'] }),
  ],
  [
    "create a folder specifying folder properties",
    "CreateFolder",
    "- path: /here/attic/box/\n  owner: daemon\n  group: '2'\n  permissions: 0777\n- path: /here/attic/crate/\n  permissions: 777",
    {},
    succeeds({ changes: ["+ attic folder", "+ attic/box folder 0777 1:2", "+ attic/crate folder 0777"] }),
  ],
  [
    "owner of a file, no group",
    "SetFileOwner",
    "- path: /here/post/letter.txt\n  owner: daemon",
    LETTER,
    succeeds({ changes: ['- post/letter.txt file "dear"', '+ post/letter.txt file 0644 1:1 "dear"'] }),
  ],
  [
    "owner and group of a file",
    "SetFileOwner",
    "- path: /here/post/letter.txt\n  owner: daemon\n  group: '2'",
    LETTER,
    succeeds({ changes: ['- post/letter.txt file "dear"', '+ post/letter.txt file 0644 1:2 "dear"'] }),
  ],
  [
    "owner of a folder, no group",
    "SetFolderOwner",
    "- path: /here/attic/\n  owner: daemon",
    { "attic/a": "1" },
    succeeds({ changes: ["- attic folder", "+ attic folder 0755 1:1", '- attic/a file "1"', '+ attic/a file 0644 1:1 "1"'] }),
  ],
  [
    "owner of a folder alone",
    "SetFolderOwner",
    "- path: /here/attic/\n  owner: daemon\n  recursive: false",
    { "attic/a": "1" },
    succeeds({ changes: ["- attic folder", "+ attic folder 0755 1:1"] }),
  ],
  [
    "owner and group of a folder",
    "SetFolderOwner",
    "- path: /here/attic/\n  owner: daemon\n  group: '2'",
    { "attic/a": "1" },
    succeeds({ changes: ["- attic folder", "+ attic folder 0755 1:2", '- attic/a file "1"', '+ attic/a file 0644 1:2 "1"'] }),
  ],
];

describe("chapter 17", () => {
  test.each([...APPEND, ...COPY, ...CREATE, ...DELETE, ...LIST, ...MOVE, ...READ, ...PERMISSIONS])(
    "%s",
    async (_heading, action, inputs, files, reported) => {
      expect(await runner.run(step(action, inputs), { files })).toMatchObject(reported);
    },
  );

  (isRoot ? test.each(OWNERS) : test.skip.each(OWNERS))(
    `%s${isRoot ? "" : " (skipped: only root may change owners)"}`,
    async (_heading, action, inputs, files, reported) => {
      expect(await runner.run(step(action, inputs), { files })).toMatchObject(reported);
    },
  );
});

/** The examples for Windows, with Windows paths. */
const ON_WINDOWS: readonly (readonly [heading: string, action: string, inputs: string])[] = [
  ["append file without encoding (Windows)", "AppendFile", "- path: C:\\Post\\diary.txt\n  content: and then"],
  ["append file with encoding (Windows)", "AppendFile", "- path: C:\\Post\\diary.txt\n  content: and then\n  encoding: UTF-32"],
  ["append file with empty string (Windows)", "AppendFile", "- path: C:\\Post\\diary.txt"],
  ["copy a file (Windows)", "CopyFile", "- source: C:\\Post\\letter.txt\n  destination: C:\\Out\\copy.txt"],
  ["copy a file to a folder (Windows)", "CopyFile", "- source: C:\\Post\\letter.txt\n  destination: C:\\Out\\"],
  ["copy files by a pattern (Windows)", "CopyFile", "- source: C:\\Post\\letter*\n  destination: C:\\Out\\"],
  [
    "copy a file without overwriting (Windows)",
    "CopyFile",
    "- source: C:\\Post\\letter.txt\n  destination: C:\\Out\\copy.txt\n  overwrite: false",
  ],
  ["copy a folder (Windows)", "CopyFolder", "- source: C:\\Attic\\Box\n  destination: C:\\Cellar\\Chest"],
  ["copy a folder into another (Windows)", "CopyFolder", "- source: C:\\Attic\\Box\n  destination: C:\\Cellar\\"],
  ["copy folders by a pattern (Windows)", "CopyFolder", "- source: C:\\Attic\\Box*\n  destination: C:\\Cellar\\"],
  [
    "copy a folder without overwriting (Windows)",
    "CopyFolder",
    "- source: C:\\Attic\\Box\n  destination: C:\\Cellar\\Chest\n  overwrite: false",
  ],
  [
    "create a file without overwriting (Windows)",
    "CreateFile",
    "- path: C:\\Temp\\page.txt\n  content: What stands on the page.\n  overwrite: false",
  ],
  ["create a folder (Windows)", "CreateFolder", "- path: C:\\Attic"],
  ["delete a single file (Windows)", "DeleteFile", "- path: C:\\Post\\letter.txt"],
  ["delete files by their ending (Windows)", "DeleteFile", "- path: C:\\Post\\*log"],
  ["empty a folder of files (Windows)", "DeleteFile", "- path: C:\\Post\\*"],
  ["force the removal of a full folder (Windows)", "DeleteFolder", "- path: C:\\Attic\\Box\\\n  force: true"],
  ["delete a folder (Windows)", "DeleteFolder", "- path: C:\\Attic\\Box\\"],
  ["list a folder (Windows)", "ListFiles", "- path: C:\\Post"],
  ["list files by their ending (Windows), quoted", "ListFiles", "- path: C:\\Post\\\n  fileNamePattern: '*log'"],
  ["move a file (Windows)", "MoveFile", "- source: C:\\Post\\letter.txt\n  destination: C:\\Out\\sent.txt"],
  ["move files by a pattern (Windows)", "MoveFile", "- source: C:\\Post\\letter*\n  destination: C:\\Out"],
  ["move a file to a folder (Windows)", "MoveFile", "- source: C:\\Post\\letter.txt\n  destination: C:\\Out"],
  [
    "move a file without overwriting (Windows)",
    "MoveFile",
    "- source: C:\\Post\\letter.txt\n  destination: C:\\Out\\sent.txt\n  overwrite: false",
  ],
  ["move a folder (Windows)", "MoveFolder", "- source: C:\\Attic\\Box\n  destination: C:\\Cellar\\Chest"],
  ["move a folder into another (Windows)", "MoveFolder", "- source: C:\\Attic\\Box\n  destination: C:\\Cellar\\"],
  ["move folders by a pattern (Windows)", "MoveFolder", "- source: C:\\Attic\\Box*\n  destination: C:\\Cellar\\"],
  ["read a file (Windows)", "ReadFile", "- path: C:\\Windows\\Update.log"],
];

describe("chapter 17, checked for Windows", () => {
  test.each(ON_WINDOWS)("%s has no faults", (_heading, action, inputs) => {
    expect(runner.check(step(action, inputs), "windows")).toEqual([]);
  });
});

const UNSUPPORTED = (action: string) => [`error: ${action} does not run on Windows; it runs on Linux and macOS`];
const unsupportedInputs = (action: string) =>
  ["owner", "group", "permissions"].map((key) => `error: ${action}: "${key}" is not supported on Windows; it is for Linux and macOS`);
const BESIDE_INPUTS =
  'error: step "TheStep": unknown key "overwrite"; allowed: "action", "disableLogging", "if", "inputs", "loop", "maxAttempts", "name", "onFailure" or "timeoutSeconds" - write the inputs of the action under "inputs"';

describe("chapter 17, invalid examples", () => {
  test.each([
    [
      "list files by their ending (Linux)",
      "linux",
      step("ListFiles", "- path: /here/post/\n  fileNamePattern: *log"),
      ['error: the alias "*log" has no anchor "&log" before it - text that starts with "*" needs quotes'],
    ],
    [
      "list files by their ending (Windows)",
      "windows",
      step("ListFiles", "- path: C:\\Post\\\n  fileNamePattern: *log"),
      ['error: the alias "*log" has no anchor "&log" before it - text that starts with "*" needs quotes'],
    ],
    [
      "move a folder without overwriting (Linux)",
      "linux",
      `${step("MoveFolder", "- source: /here/attic/box\n  destination: /here/chest")}        overwrite: false`,
      [BESIDE_INPUTS],
    ],
    [
      "move a folder without overwriting (Windows)",
      "windows",
      `${step("MoveFolder", "- source: C:\\Attic\\Box\n  destination: C:\\Chest")}        overwrite: false`,
      [BESIDE_INPUTS],
    ],
    [
      "create a file with file properties, on Windows",
      "windows",
      step("CreateFile", "- path: box\\one.txt\n  owner: someone\n  group: some\n  permissions: 0777"),
      unsupportedInputs("CreateFile"),
    ],
    [
      "create a folder specifying folder properties, on Windows",
      "windows",
      step("CreateFolder", "- path: box\n  owner: someone\n  group: some\n  permissions: 0777"),
      unsupportedInputs("CreateFolder"),
    ],
    [
      "a forced link, on Windows",
      "windows",
      step("CreateSymlink", "- path: C:\\link\n  target: C:\\box\n  force: true"),
      UNSUPPORTED("CreateSymlink"),
    ],
    [
      "owner of a file, no group, on Windows",
      "windows",
      step("SetFileOwner", "- path: C:\\box\n  owner: someone"),
      UNSUPPORTED("SetFileOwner"),
    ],
    [
      "owner of a folder, no group, on Windows",
      "windows",
      step("SetFolderOwner", "- path: C:\\box\n  owner: someone"),
      UNSUPPORTED("SetFolderOwner"),
    ],
    [
      "modify file permissions, on Windows",
      "windows",
      step("SetFilePermissions", "- path: C:\\box\n  permissions: 766"),
      UNSUPPORTED("SetFilePermissions"),
    ],
    [
      "set folder permissions, on Windows",
      "windows",
      step("SetFolderPermissions", "- path: C:\\box\n  permissions: 0777"),
      UNSUPPORTED("SetFolderPermissions"),
    ],
  ] as const)("%s", (_heading, platform, text, faults) => {
    expect(runner.check(text, platform)).toEqual(faults);
  });

  // an asterisk without quotes begins an alias of YAML
  test("list files by their ending (Linux): the error suggests quoting the pattern", () => {
    expect(runner.check(step("ListFiles", "- path: /here/post/\n  fileNamePattern: *log"))).toEqual([expect.stringMatching(/ - .*quotes/)]);
  });

  test("move a folder without overwriting (Linux): the error says that the key belongs to the inputs", () => {
    expect(runner.check(`${step("MoveFolder", "- source: /here/box\n  destination: /here/chest")}        overwrite: false`)).toEqual([
      expect.stringMatching(/ - .*inputs/),
    ]);
  });
});
