import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { isRoot } from "@imagewright/test-kit";
import { SUDO_STAND_IN } from "./sudo.js";

const ENVIRONMENT = { PATH: "/nowhere:/usr/bin:/bin", LANG: "C.UTF-8", LC_TIME: "C", FOO: "foo", BAR: "it's", IMAGEWRIGHT_FAMILY: "mark" };
const TAKES =
  "; this image has no sudo, and what stands in for it takes -u USER, -g GROUP, -E, -H, -i, -s, -b, -n, -S, -A, -P, -k, -K, -v, -V and VAR=VALUE: install sudo in an earlier step\n";

// the shells that images have as /bin/sh
const SHELLS = [["dash"], ["bash", "--posix"], ["busybox", "sh"]].filter(([shell = ""]) =>
  ["/bin", "/usr/bin"].some((folder) => existsSync(join(folder, shell))),
);

const ROOTS_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

/** What it prints for what is typed. */
const DOES = [
  ["runs a command with its words as they are", `sudo printf '%s|' 'a  b' "it's" '$HOME' '' -- -n`, "a  b|it's|$HOME||--|-n|"],
  [
    "has the environment that sudo gives",
    `sudo sh -c 'echo "$HOME $USER $LOGNAME $SUDO_USER $FOO.$LANG $LC_TIME"'`,
    "/root root root root .C.UTF-8 C\n",
  ],
  ["keeps the mark by which the processes of a step are found", "sudo sh -c 'echo $IMAGEWRIGHT_FAMILY'", "mark\n"],
  ["takes variables, also behind flags", `sudo A="x y'z" -n B=2 sh -c 'echo "$A $B"'`, "x y'z 2\n"],
  [
    "-E keeps the environment, but for the PATH",
    `sudo -E sh -c 'echo "$FOO $BAR $HOME $PATH"'`,
    (f: string) => `foo it's /root ${ROOTS_PATH}:${f}\n`,
  ],
  ["-E keeps HOME, -H does not", `export HOME=/x; sudo -E sh -c 'echo $HOME'; sudo -EH sh -c 'echo $HOME'`, "/x\n/root\n"],
  ["--preserve-env names what is kept", `sudo --preserve-env=FOO,BAR sh -c 'echo "$FOO $BAR"'`, "foo it's\n"],
  [
    "-u changes the user, with groups and HOME",
    "sudo -u www-data sh -c 'id -un; id -Gn; echo $HOME $USER'",
    "www-data\nwww-data\n/var/www www-data\n",
  ],
  [
    "-u in all spellings",
    "for flag in -uwww-data '-nu www-data' --user=www-data '-u #33' '--user www-data'; do sudo $flag -- id -u; done",
    "33\n33\n33\n33\n33\n",
  ],
  ["-u root is root", "sudo -u root -n -S -H id -u", "0\n"],
  ["starts in the current folder", "sudo pwd", "/usr\n"],
  ["can call itself", `sudo S="$FOLDER/sudo" sh -c '"$S" -n true && "$S" id -u'`, "0\n"],
  [
    "-i is a login shell, in the folder of the user, which gets words and variables",
    `sudo -i echo '$HOME' 'a b;c' "it's"; sudo -i pwd`,
    "/root a b;c it's\n/root\n",
  ],
  ["-s is a shell", "sudo -s echo 'a  b;c' '$USER'", "a  b;c root\n"],
  ["-v, -K, -k and -n true need no command or password", "sudo -v && sudo -K && sudo -k && sudo -n true && echo all", "all\n"],
] as const;

(isRoot ? describe : describe.skip)("what stands in for sudo (needs root)", () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "imagewright-sudo-"));
    writeFileSync(join(folder, "sudo"), SUDO_STAND_IN);
    for (const path of [folder, join(folder, "sudo")]) chmodSync(path, 0o755);
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  /** The streams and the exit code of what is typed, where `sudo` is the given command. */
  function sudo(command: readonly string[], words: string, input = "") {
    const line = `sudo() { ${command.join(" ")} "$@"; }\n${words}`;
    const options = { cwd: "/usr", env: { ...ENVIRONMENT, FOLDER: folder }, input, encoding: "utf8" } as const;
    const { status, stdout, stderr } = spawnSync("/bin/sh", ["-c", line], options);
    return [stdout, stderr, status];
  }

  describe.each(SHELLS.map((shell) => [shell.join(" "), [...shell, '"$FOLDER/sudo"']] as const))("in %s", (_, shell) => {
    test.each(DOES)("%s", (__, words, expected) => {
      expect(sudo(shell, words)).toEqual([typeof expected === "string" ? expected : expected(folder), "", 0]);
    });

    test("a shell reads what it is given", () => {
      expect(sudo(shell, "sudo -i", "echo $HOME; exit 4\n")).toEqual(["/root\n", "", 4]);
    });

    test.each([
      ["an exit code", "sudo sh -c 'exit 7'", ["", "", 7]],
      ["a signal", "sudo sh -c 'kill -TERM $$'; echo $?", ["143\n", expect.any(String), 0]],
      ["a signal to sudo reaches the command", "sudo sh -c 'trap \"echo term; exit 3\" TERM; kill -TERM $$; :'", ["term\n", "", 3]],
      ["an unknown flag", "sudo -x id", ["", `sudo: unknown option -x${TAKES}`, 1]],
      ["an unknown flag among others", "sudo -nx id", ["", `sudo: unknown option -x${TAKES}`, 1]],
      ["an unknown long flag", "sudo --list", ["", `sudo: unknown option --list${TAKES}`, 1]],
      ["a value too many", "sudo --login=x", ["", `sudo: --login takes no value${TAKES}`, 1]],
      ["a value too few", "sudo -u", ["", `sudo: -u needs a value${TAKES}`, 1]],
      ["no command", "sudo", ["", `sudo: no command${TAKES}`, 1]],
      ["a missing command", "sudo nosuch x", ["", "sudo: nosuch: command not found\n", 1]],
      ["a missing file", "sudo ./nosuch", ["", "sudo: ./nosuch: command not found\n", 1]],
      ["a command of the shell", "sudo cd /", ["", "sudo: cd: command not found\n", 1]],
      ["an unknown user", "sudo -u nosuch id", ["", "sudo: unknown user nosuch\n", 1]],
      ["an unknown group", "sudo -g nosuch id", ["", "sudo: unknown group nosuch\n", 1]],
      [
        "a call by an ordinary user",
        `sudo -u nobody F="$FOLDER" sh -c '"$F/sudo" id'`,
        ["", "sudo: only root can use what stands in for sudo, which this image lacks: install sudo in an earlier step\n", 1],
      ],
    ])("%s", (__, words, expected) => {
      expect(sudo(shell, words)).toEqual(expected);
    });
  });

  const ofItsOwn = ["keeps the mark by which the processes of a step are found", "-E keeps the environment, but for the PATH"];
  (existsSync("/usr/bin/sudo") ? test : test.skip).each(DOES.filter(([what]) => !ofItsOwn.includes(what)))(
    "sudo itself (needs sudo): %s",
    (_, words, expected) => expect(sudo(["/usr/bin/sudo"], words.replaceAll('"$FOLDER/sudo"', "sudo"))).toEqual([expected, "", 0]),
  );

  test("with -b the command goes on, and sudo ends", () => {
    expect(sudo(['"$FOLDER/sudo"'], "sudo -b sh -c 'sleep 0.2; echo later'; echo $?; wait; sleep 0.5")).toEqual(["0\nlater\n", "", 0]);
  });
});
