// For random secrets in random encodings within random text, in random chunks.
import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { createRedactor, sealedIds, type Redactor } from "./index.js";
import { cut, cuts, plainText, secret, secretLine } from "./testing/arbitrary.js";
import { ENCODINGS } from "./testing/encodings.js";

const RUNS = Number(process.env["FUZZ_RUNS"] ?? 100);
// those that put other characters next to the secret have no exact expectation
const alone = Object.keys(ENCODINGS).filter((name) => !/^(base|UTF-16)/.test(name));
const texts = Object.keys(ENCODINGS).filter((name) => !name.startsWith("UTF-16"));

const secrets = fc.array(secret, { minLength: 1, maxLength: 4 });
const document = (names: readonly string[]) =>
  fc.record({
    secrets,
    pieces: fc.array(fc.tuple(plainText, fc.nat(3), fc.constantFrom(...names)), { minLength: 1, maxLength: 6 }),
    tail: plainText,
  });

function redactorOf(known: readonly string[]): Redactor {
  const redactor = createRedactor();
  for (const [index, each] of known.entries()) expect(redactor.add(each, `/app/${index}`)).toMatchObject({ masked: true });
  return redactor;
}

const encode = (name: string, text: string) => ENCODINGS[name]?.(text) ?? "";
const chosen = (known: readonly string[], index: number) => known[index % known.length] ?? "";

function inChunks(redactor: Redactor, text: string, places: readonly number[], live = false): string {
  const stream = redactor.stream({ live });
  const chunks = cut(Buffer.from(text), places);
  return Buffer.concat([...chunks.map((chunk) => Buffer.from(stream.push(chunk))), stream.end()]).toString();
}

/** Fails if a text contains one of the secrets, or a line of one, in any encoding that the text is made with. */
function expectNoSecret(text: string, known: readonly string[]): void {
  const lines = known.flatMap((each) => [each, ...each.split("\n")]);
  expect(lines.flatMap((line) => alone.map((name) => encode(name, line))).filter((encoding) => text.includes(encoding))).toEqual([]);
}

test("everything else stays, each secret becomes one mask, and chunks make no difference", () => {
  fc.assert(
    fc.property(document(alone), cuts, ({ secrets: known, pieces, tail }, places) => {
      const redactor = redactorOf(known);
      const text = pieces.map(([plain, index, name]) => plain + encode(name, chosen(known, index))).join("") + tail;
      const expected = pieces.map(([plain]) => `${plain}***`).join("") + tail;
      expect(redactor.text(text)).toBe(expected);
      expect(inChunks(redactor, text, places)).toBe(expected);
    }),
    { numRuns: RUNS },
  );
});

test("IAM-012: no encoding of a secret gets through, and unsealing restores the text", () => {
  fc.assert(
    fc.property(document(texts), cuts, fc.boolean(), ({ secrets: known, pieces, tail }, places, live) => {
      const redactor = redactorOf(known);
      const written = pieces.map(([plain, index, name]) => [plain, encode(name, chosen(known, index))] as const);
      const text = written.flat().join("") + tail;
      const masked = inChunks(redactor, text, places, live);
      const sealed = String(redactor.seal(text));
      for (const output of [masked, redactor.text(text), sealed]) {
        expectNoSecret(output, known);
        for (const [, encoding] of written) expect(output).not.toContain(encoding);
      }
      expect(masked.startsWith(written[0]?.[0] ?? "") && masked.endsWith(tail)).toBe(true);
      expect(redactor.unseal(sealed)).toBe(text);
      expect(sealedIds(sealed).every((id) => known[Number(id.slice("/app/".length))] !== undefined)).toBe(true);
    }),
    { numRuns: RUNS },
  );
});

test("a stream's output does not depend on its chunks", () => {
  fc.assert(
    fc.property(document(texts), cuts, ({ secrets: known, pieces, tail }, places) => {
      const redactor = redactorOf(known);
      const text = pieces.map(([plain, index, name]) => plain + encode(name, chosen(known, index))).join("") + tail;
      expect(inChunks(redactor, text, places)).toBe(inChunks(redactor, text, []));
      expect(
        inChunks(
          redactor,
          text,
          Array.from({ length: Buffer.byteLength(text) }, (_, place) => place),
        ),
      ).toBe(redactor.text(text));
    }),
    { numRuns: RUNS },
  );
});

const numbers = fc.array(fc.integer({ min: 1000, max: 10 ** 9 }).map(String), { minLength: 1, maxLength: 3 });

test("any value is the same after sealing and unsealing", () => {
  const property = fc.property(
    secrets,
    numbers,
    fc.jsonValue({ stringUnit: "binary" }),
    plainText,
    fc.string({ unit: "binary" }),
    (known, digits, value, plain, other) => {
      const redactor = redactorOf([...new Set([...known, ...digits])]);
      const first = known[0] ?? "";
      const whole = {
        value,
        [`${plain}${first}`]: [first, { [JSON.stringify(first)]: Number(digits[0]) }],
        list: [plain + encodeURIComponent(first) + other, other, null, true],
        [other]: 1,
      };
      const sealed = JSON.parse(JSON.stringify(redactor.seal(whole))) as unknown;
      expect(JSON.parse(redactor.sealedJson(whole))).toEqual(sealed);
      expect(redactor.unseal(sealed)).toEqual(JSON.parse(JSON.stringify(whole)));
      const masked = JSON.stringify(redactor.value(whole));
      expectNoSecret(masked, known);
      for (const digit of digits) expect(masked).not.toContain(digit);
    },
  );
  fc.assert(property, { numRuns: RUNS });
});

test("text without secrets is restored, even if it looks like a token", () => {
  const tokenLike = fc.array(fc.constantFrom("⟦", "⟧", "|", "#", "x", "t", "⟦⟧", "⟦/app/0||t⟧", "⟦#⟧", "\ud800", "\udc00", "é"), {
    maxLength: 12,
  });
  fc.assert(
    fc.property(tokenLike, secretLine, (pieces, known) => {
      const redactor = redactorOf([known]);
      const text = pieces.join("");
      expect(redactor.text(text)).toBe(text);
      for (const each of [text, `${text}${known}${text}`]) expect(redactor.unseal(redactor.seal(each))).toBe(each);
    }),
    { numRuns: RUNS },
  );
});

test("sealedJson returns the JSON of the sealed value, with and without secrets", () => {
  const text = fc
    .array(fc.constantFrom("⟦", "⟧", "⟦⟧", "⟦#⟧12", "⟦/app/0||t⟧", "\ud800", '"', "secret word", "é"), { maxLength: 4 })
    .map((pieces) => pieces.join(""));
  const value = fc.object({ key: text, values: [text, fc.double(), fc.boolean(), fc.constant(null), fc.constant(undefined)], maxDepth: 3 });
  fc.assert(
    fc.property(value, fc.boolean(), (whole, withSecret) => {
      const redactor = redactorOf(withSecret ? ["secret word"] : []);
      const json = redactor.sealedJson(whole);
      expect(json).toBe(JSON.stringify(redactor.seal(whole)));
      expect(redactor.unseal(JSON.parse(json))).toEqual(JSON.parse(JSON.stringify(whole)));
    }),
    { numRuns: RUNS },
  );
});

test("overlapping secrets are masked together and sealed completely", () => {
  const parts = fc.array(fc.constantFrom("ab", "ba", "abc", "cab", "cc"), { minLength: 3, maxLength: 12 });
  fc.assert(
    fc.property(fc.array(parts, { minLength: 1, maxLength: 4 }), parts, cuts, (lists, pieces, places) => {
      const known = [...new Set(lists.map((list) => list.slice(0, 3).join("")))];
      const redactor = redactorOf(known);
      const text = `${pieces.join("")} ${known.join("")}`;
      const masked = redactor.text(text);
      expect(masked).toBe(maskSimply(text, known));
      expect(inChunks(redactor, text, places)).toBe(masked);
      expectNoSecret(String(redactor.seal(text)), known);
      expect(redactor.unseal(redactor.seal(text))).toBe(text);
    }),
    { numRuns: RUNS },
  );
});

// the definition, character by character: the longest secret at each position, and a new mask if none spans the position
function maskSimply(text: string, known: readonly string[]): string {
  let [output, end] = ["", 0];
  for (let place = 0; place < text.length; place++) {
    const longest = Math.max(0, ...known.filter((each) => text.startsWith(each, place)).map((each) => each.length));
    if (longest > 0 && place >= end) output += "***";
    end = Math.max(end, longest > 0 ? place + longest : 0);
    if (place >= end) output += text.charAt(place);
  }
  return output;
}
