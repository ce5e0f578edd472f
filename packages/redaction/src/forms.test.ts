import { describe, expect, test } from "@jest/globals";
import { createRedactor } from "./index.js";
import { ENCODINGS } from "./testing/encodings.js";

const SECRET = `p/a+s's "w\\ö$r*d~<1>?😀`;
const MULTI_LINE = "first line's\nsecond\tline\n}\nthird / line";

const names = Object.keys(ENCODINGS);
// UTF-16 is tested as bytes only; everything else as bytes and as text
function encoded(name: string, secret: string): Buffer {
  return Buffer.from(ENCODINGS[name]?.(secret) ?? "", name.startsWith("UTF-16") ? "latin1" : "utf8");
}

describe.each([
  ["one line", SECRET],
  ["several lines", MULTI_LINE],
])("a secret of %s is found and sealed", (_, secret) => {
  test.each(names)("%s", (name) => {
    const redactor = createRedactor();
    redactor.add(secret, "/app/key");
    const stream = redactor.stream();
    const bytes = encoded(name, secret);
    const masked = Buffer.concat([
      stream.push(Buffer.from("see: ")),
      stream.push(bytes),
      stream.push(Buffer.from(".")),
      stream.end(),
    ]).toString();
    // what remains are neighbours that were encoded with it, and the padding
    expect(masked).toMatch(/^see: [A-Za-z0-9]{0,6}\*\*\*[A-Za-z0-9]{0,4}(=|%3D){0,6}\.$/);
    if (name.startsWith("UTF-16")) return;
    const sealed = redactor.seal(bytes.toString());
    expect(sealed).toMatch(/^[A-Za-z0-9]{0,6}⟦\/app\/key\|\|[a-z]\d?(\|[0-9a-z*.]*)?⟧[A-Za-z0-9]{0,4}(=|%3D){0,6}$/);
    expect(redactor.unseal(sealed)).toBe(bytes.toString());
  });
});

test("each line of a secret is found alone, after any prefix", () => {
  const redactor = createRedactor();
  redactor.add(`${MULTI_LINE}\n`);
  expect(redactor.text(`Stdout: first line's\nStdout: second\tline\nStdout: }\nStdout: third / line\n`)).toBe(
    "Stdout: ***\nStdout: ***\nStdout: }\nStdout: ***\n",
  );
  expect(redactor.text("+ echo 'first line'\\''s\nsecond\tline")).toBe("+ echo '***\n***");
  expect(redactor.text(Buffer.from("second\tline").toString("base64"))).toBe("***=");
});

test("a secret as written by shells and tools is masked", async () => {
  const { spawnSync } = await import("node:child_process");
  const redactor = createRedactor();
  const bash = (script: string) =>
    spawnSync("bash", ["-c", script], { env: { ...process.env, SECRET: MULTI_LINE, LC_ALL: "C" }, encoding: "utf8" });
  expect(bash("true").status).toBe(0);
  redactor.add(MULTI_LINE);
  expect(redactor.text(bash('printf %q "$SECRET"').stdout)).toBe("$'***'");
  expect(redactor.text(bash('echo "${SECRET@Q}"').stdout)).toMatch(/^\$?'\*\*\*'\n$/);
  expect(redactor.text(bash('set -x; : "$SECRET"').stderr)).toMatch(/^\+ : \$?'\*\*\*'\n$/);
  expect(redactor.text(bash("declare -p SECRET").stdout)).toMatch(/^declare -x SECRET=\$?["']\*\*\*["']\n$/);
  expect(redactor.text(bash('printf %s "$SECRET" | base64 -w 20').stdout)).toMatch(/^\*\*\*=*\n$/);
  expect(redactor.text(bash('printf %s "$SECRET" | base32 -w 20').stdout)).toMatch(/^\*\*\*=*\n$/);
  expect(redactor.text(bash('printf %s "$SECRET" | od -An -tx1 -w1000').stdout)).toBe(" ***\n");
});

test.each([
  ["abc", "too-short"],
  ["", "too-short"],
  [" a b \n\n", "too-short"],
  ["😀😀😀", "too-short"],
  ["*****", "only-asterisks"],
])("%j is not masked, and the caller can see it", (secret, reason) => {
  const redactor = createRedactor();
  expect(redactor.add(secret)).toEqual({ masked: false, reason });
  expect(redactor.text(`it is ${secret}`)).toBe(`it is ${secret}`);
});

test("a secret is found after a shell has trimmed the white space at its ends", () => {
  const redactor = createRedactor();
  expect(redactor.add("  four\r\n")).toEqual({ masked: true, id: "secret" });
  expect(redactor.text("a four and Zm91cg==")).toBe("a *** and ***==");
});
