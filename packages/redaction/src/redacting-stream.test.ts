import { expect, test } from "@jest/globals";
import { createRedactor, type RedactingStream } from "./index.js";

function streamOf(...secrets: string[]): RedactingStream {
  const redactor = createRedactor();
  for (const secret of secrets) redactor.add(secret);
  return redactor.stream();
}

const push = (stream: RedactingStream, text: string) => Buffer.from(stream.push(Buffer.from(text))).toString();
const flush = (stream: RedactingStream) => Buffer.from(stream.flush()).toString();
const end = (stream: RedactingStream) => Buffer.from(stream.end()).toString();

test("only bytes that may begin a secret are held back, and only until that is decided", () => {
  const stream = streamOf("hunter2secret");
  expect(push(stream, "Password: ")).toBe("Password: ");
  expect(push(stream, "the hunt")).toBe("the ");
  expect(push(stream, "er was ")).toBe("hunter was ");
  expect(push(stream, "! hunter2secre")).toBe("! ");
  expect(push(stream, "t")).toBe("***");
  expect(push(stream, ".\nhunter2secre")).toBe(".\n");
  expect(end(stream)).toBe("hunter2secre");
  expect(end(stream)).toBe("");
});

test("chunks pass unchanged, without a copy, if there is nothing to hold back or to mask", () => {
  const chunk = Buffer.from("a line without any of it.\n");
  expect(createRedactor().stream().push(chunk)).toBe(chunk);
  const passed = streamOf("hunter2secret").push(chunk);
  expect([passed.buffer, passed.byteOffset, passed.length]).toEqual([chunk.buffer, chunk.byteOffset, chunk.length]);
});

test("bytes that are held back survive the reuse of their chunk's memory", () => {
  const stream = streamOf("hunter2secret");
  const chunk = Buffer.from("see: hunter2");
  expect(Buffer.from(stream.push(chunk)).toString()).toBe("see: ");
  chunk.fill("x");
  expect(push(stream, " is short.")).toBe("hunter2 is short.");
});

test("waits for the longer of two secrets", () => {
  const stream = streamOf("secret", "secret-longer");
  expect(push(stream, "secret")).toBe("");
  expect(push(stream, "-long ")).toBe("***-long ");
  expect(push(stream, "secret-longer ")).toBe("*** ");
});

test("flush returns a short beginning, and the mask of a complete secret", () => {
  const stream = streamOf("secret", "secret-longer");
  expect([push(stream, "Go on? [y/s"), flush(stream)]).toEqual(["Go on? [y/", "s"]);
  expect([push(stream, "ecret!"), flush(stream)]).toEqual(["***!", ""]);
  expect([push(stream, "secret"), flush(stream), flush(stream)]).toEqual(["", "***", ""]);
  expect([push(stream, "-longer"), push(stream, "secret"), end(stream)]).toEqual(["", "", "***"]);
  // four characters may be too much of a secret
  expect([push(stream, "secr"), flush(stream), end(stream)]).toEqual(["", "", "secr"]);
});

test("a secret cannot leak letter by letter through flush", () => {
  const stream = streamOf("secret");
  const output = [..."secret"].flatMap((letter) => [push(stream, letter), flush(stream)]).join("");
  expect(output).toBe("sec***");
});

test("a live stream returns whole lines, although base64 might continue after them", () => {
  const redactor = createRedactor();
  redactor.add("hunter2secret");
  const encoded = Buffer.from("hunter2secret").toString("base64");
  const [live, other] = [redactor.stream({ live: true }), redactor.stream()];
  const line = `a line that ends with ${encoded.charAt(0)}\n`;
  expect(push(live, line)).toBe(line);
  expect(push(other, line)).toBe("a line that ends with ");
  expect(push(live, `${encoded.slice(1)}\n`)).toBe("***=\n".replace("=", encoded.endsWith("==") ? "==" : encoded.endsWith("=") ? "=" : ""));
});

test("a secret is masked once it is added, in open streams and in the bytes they hold back", () => {
  const redactor = createRedactor();
  const stream = redactor.stream();
  expect(push(stream, "first hunter2, ")).toBe("first hunter2, ");
  redactor.add("hunter2");
  expect(push(stream, "then hunter2, hunt")).toBe("then ***, ");
  redactor.add("hunted");
  expect(push(stream, "ed")).toBe("***");
});

test("bytes that are not text are masked as well", () => {
  const bytes = Buffer.concat([Buffer.from([0xff, 0, 0x80]), Buffer.from("hunter2"), Buffer.from([0x80, 0xff])]);
  const stream = streamOf("hunter2");
  expect(Buffer.concat([stream.push(bytes), stream.end()])).toEqual(
    Buffer.concat([Buffer.from([0xff, 0, 0x80]), Buffer.from("***"), Buffer.from([0x80, 0xff])]),
  );
});
