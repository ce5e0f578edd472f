import { expect, test } from "@jest/globals";
import { createRedactor, sealedIds } from "./index.js";

test("values are masked deeply, keys included, and the given value is not modified", () => {
  const redactor = createRedactor();
  for (const secret of ["hunter2", "80801234"]) redactor.add(secret);
  const date = new Date(0);
  const given = {
    list: ["a hunter2", 1, null, true, undefined],
    hunter2: 1,
    x: { hunter2: 2, "***": 3 },
    port: 80801234,
    date,
    half: "\ud800 hunter2 \udc00",
  };
  const before = structuredClone(given);
  expect(redactor.value(given)).toEqual({
    list: ["a ***", 1, null, true, undefined],
    "***": 1,
    x: { "***": 2, "*** (2)": 3 },
    port: "***",
    date,
    half: "\ud800 *** \udc00",
  });
  expect(given).toEqual(before);
  expect(redactor.value(JSON.parse('{"__proto__":"hunter2"}'))).toEqual(JSON.parse('{"__proto__":"***"}'));
});

test("without secrets every value is returned as it is", () => {
  const redactor = createRedactor();
  const value = { list: ["x"] };
  expect(redactor.value(value)).toBe(value);
  expect(redactor.text("text")).toBe("text");
});

test("a sealed value names its secrets, and another redactor restores it with them", () => {
  const redactor = createRedactor();
  redactor.add("hunter2 & more", "/app/pass|word");
  redactor.add("first line\nsecond line", "arn:aws:ssm:eu-west-3:111122223333:parameter/key");
  redactor.add("80801234", "port");
  const value = {
    stdout: "url?p=hunter2%20%26%20more",
    lines: ["+ second line", Buffer.from("hunter2 & more").toString("base64")],
    port: 80801234,
    token: "⟦x⟧",
    "first line": 1,
  };
  const sealed = redactor.seal(value);
  expect(sealed).toEqual({
    stdout: expect.stringMatching(/^url\?p=⟦\/app\/pass%7Cword\|\|t\|[0-9a-z.*]+⟧$/),
    lines: ["+ ⟦arn:aws:ssm:eu-west-3:111122223333:parameter/key|2|t⟧", "⟦/app/pass%7Cword||b0⟧="],
    port: "⟦#⟧⟦port||t⟧",
    token: "⟦⟧x⟧",
    "⟦arn:aws:ssm:eu-west-3:111122223333:parameter/key|1|t⟧": 1,
  });
  const ids = ["/app/pass|word", "arn:aws:ssm:eu-west-3:111122223333:parameter/key", "port"];
  expect(sealedIds(sealed).sort()).toEqual(ids);
  const secrets = new Map([
    ["/app/pass|word", "hunter2 & more"],
    ["arn:aws:ssm:eu-west-3:111122223333:parameter/key", "first line\nsecond line"],
    ["port", "80801234"],
  ]);
  expect(createRedactor().unseal(JSON.parse(JSON.stringify(sealed)), (id) => secrets.get(id))).toEqual(value);
});

test.each([
  ["⟦port||t⟧", undefined, "secret-not-known", 'the secret "port" is needed by the sealed text but not known'],
  ["⟦port|3|t⟧", "8080\n1234", "secret-changed", 'the secret "port" has changed since the text was sealed'],
  ["⟦port||t|0*9⟧", "80801234", "secret-changed", 'the secret "port" has changed since the text was sealed'],
  ["⟦port||t|zz⟧", "80801234", "secret-changed", 'the secret "port" has changed since the text was sealed'],
  ["⟦port||x9⟧", "80801234", "secret-changed", 'the secret "port" has changed since the text was sealed'],
  ["⟦port||t||99⟧", "80801234", "secret-changed", 'the secret "port" has changed since the text was sealed'],
  ["a ⟦b⟧", "80801234", "not-sealed", '"⟦b⟧" is not a token of a sealed text'],
])("%s with the secret %j cannot be restored", (sealed, secret, code, message) => {
  const unseal = () => createRedactor().unseal({ sealed }, () => secret);
  expect(unseal).toThrow(expect.objectContaining({ name: "UnsealError", code, message }));
});

test("ids distinguish secrets", () => {
  const redactor = createRedactor();
  expect(redactor.add("first secret", "/db")).toEqual({ masked: true, id: "/db" });
  expect(redactor.add("first secret", "/db")).toEqual({ masked: true, id: "/db" });
  expect(redactor.add("rotated secret", "/db")).toEqual({ masked: true, id: "/db#2" });
  const sealed = redactor.seal("first secret, rotated secret");
  expect(sealed).toBe("⟦/db||t⟧, ⟦/db#2||t⟧");
  expect(redactor.unseal(sealed)).toBe("first secret, rotated secret");
});

test("a secret with very many possible readings is found and sealed", () => {
  const redactor = createRedactor();
  const secret = `${"\\".repeat(60)}x`;
  redactor.add(secret);
  const text = `${JSON.stringify(secret)}${"\\".repeat(90)}`;
  expect(redactor.text(text)).toBe(`"***"${"\\".repeat(90)}`);
  expect(redactor.unseal(redactor.seal(text))).toBe(text);
});
