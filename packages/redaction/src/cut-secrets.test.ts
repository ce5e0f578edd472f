import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { createRedactor } from "./index.js";

const SECRET = "S3cr3t-0123456789-abcdefghijklmnopqrstuvwxyz-ABCDEFGHIJKLMNOPQRSTUVWXYZ!";

describe("a secret that was truncated at an ellipsis", () => {
  const redactor = createRedactor();
  redactor.add(SECRET, "/long");
  const rows: [string, string, string][] = [
    ["its beginning", `the text "a ${SECRET.slice(0, 30)}…" differs`, `the text "a ***…" differs`],
    ["its ending", `file "/a…${SECRET.slice(20)}/b"`, `file "/a…***/b"`],
    ["both", `"${SECRET.slice(0, 20)}…${SECRET.slice(-10)}"`, `"***…***"`],
    ["its beginning in base64", `${Buffer.from(`p:${SECRET}`).toString("base64").slice(0, 44)}…`, `cD***…`],
    [
      "an escape cut in two",
      `${encodeURIComponent("S3cr3t-0123456789-abcdefghijklmnopqrstuvwxyz-ABCDEFGHIJKLMNOPQRSTUVWXYZ!")}%2…`,
      "***%2…",
    ],
    ["fewer than 4 characters", `${SECRET.slice(0, 3)}…${SECRET.slice(-3)}`, `${SECRET.slice(0, 3)}…${SECRET.slice(-3)}`],
    ["an ellipsis of the text's own", "wait… done", "wait… done"],
  ];
  test.each(rows)("%s", (_, text, shown) => {
    expect(redactor.text(text)).toBe(shown);
  });

  test("in a long text, at its end", () => {
    expect(redactor.text(`${"… ".repeat(50_000)}${SECRET.slice(0, 40)}…`)).toBe(`${"… ".repeat(50_000)}***…`);
  });

  test("is masked irreversibly while the rest is sealed", () => {
    const sealed = redactor.seal(`${SECRET} and ${SECRET.slice(0, 9)}…`);
    expect(redactor.unseal(sealed)).toBe(`${SECRET} and ***…`);
  });
});

test("a secret with an ellipsis of its own is one secret", () => {
  const redactor = createRedactor();
  redactor.add("first half…second half");
  expect(redactor.text("a first half…second half b")).toBe("a *** b");
  expect(redactor.unseal(redactor.seal("a first half…second half b"))).toBe("a first half…second half b");
});

test("wherever a text is truncated, no four characters of the secret remain", () => {
  const letters = fc.array(fc.constantFrom(..."abc123äß€'\"\\%"), { minLength: 12, maxLength: 60 }).map((all) => `<${all.join("")}>`);
  fc.assert(
    fc.property(letters, fc.nat(80), fc.nat(80), (secret, kept, behind) => {
      const redactor = createRedactor();
      redactor.add(secret);
      const whole = `before ${secret} after`;
      const start = whole.slice(0, kept).replace(/[\ud800-\udbff]$/, "");
      const shown = redactor.text(`${start}…${whole.slice(Math.max(kept, behind))}`);
      for (let place = 0; place + 4 <= secret.length; place++) {
        const part = secret.slice(place, place + 4);
        // nothing next to the ellipsis
        expect(shown.includes(`${part}…`) || shown.includes(`…${part}`)).toBe(false);
      }
    }),
  );
});
