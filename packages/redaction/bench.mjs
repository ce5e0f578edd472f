// What masking costs beside what cannot be saved: copying the same bytes, and looking for the secrets as they are with Buffer.indexOf.
import { createHash } from "node:crypto";
import { fileURLToPath } from "node:url";
import { createRedactor } from "./dist/index.js";

const MIB = 1024 * 1024;
const SIZE = 64 * MIB;
const CHUNK = 64 * 1024;
const ROUNDS = 7;
const MASK = Buffer.from("***");

export async function bench() {
  const secrets = Array.from({ length: 10 }, (_, index) =>
    createHash("sha256")
      .update(`secret ${index}`)
      .digest("base64")
      .slice(0, 16 + 2 * index),
  );
  const pem = `-----BEGIN PRIVATE KEY-----\n${Array.from({ length: 26 }, (_, index) => createHash("sha384").update(`line ${index}`).digest("base64")).join("\n")}\n-----END PRIVATE KEY-----\n`;
  const log = chunksOf(logLines(secrets));
  const binary = chunksOf(binaryBytes());
  const none = () => redact(log, []);
  return [
    row(
      "64 MiB of log lines with 10 secrets, next to copying them and one indexOf for each secret",
      log,
      () => redact(log, secrets),
      () => copyAndSearch(log, secrets),
      2.5,
    ),
    row(
      "the same next to copying them only",
      log,
      () => redact(log, secrets),
      () => copy(log),
    ),
    row(
      "64 MiB of random bytes with 10 secrets, next to the same search",
      binary,
      () => redact(binary, secrets),
      () => copyAndSearch(binary, secrets),
    ),
    row(
      "64 MiB of log lines with 100 secrets and a private key, next to the same search for 10",
      log,
      () => redact(log, [...many(), pem]),
      () => copyAndSearch(log, secrets),
    ),
    row("64 MiB of log lines without a secret, next to copying them", log, none, () => copy(log), 1.25),
    { what: "making 10 secrets known, median", value: adding(secrets), unit: " ms" },
    { what: "making a private key of 28 lines known, median", value: adding([pem]), unit: " ms" },
  ];
}

function row(what, chunks, ours, theirs, limit) {
  const rounds = Array.from({ length: ROUNDS }, () => [seconds(ours), seconds(theirs)]);
  const value = median(rounds.map(([our, their]) => our / their));
  const speed = SIZE / MIB / median(rounds.map(([our]) => our));
  return {
    what,
    value,
    unit: " times",
    ...(limit === undefined ? {} : { limit }),
    detail: `${speed.toFixed(0)} MiB/s in chunks of ${chunks[0].length / 1024} KiB`,
  };
}

function redact(chunks, secrets) {
  const redactor = createRedactor();
  for (const secret of secrets) redactor.add(secret);
  const stream = redactor.stream();
  return Buffer.concat([...chunks.map((chunk) => stream.push(chunk)), stream.end()]);
}

function copy(chunks) {
  return Buffer.concat(chunks);
}

// the simplest that could be done: no encodings, no secrets across the ends of chunks
function copyAndSearch(chunks, secrets) {
  const needles = secrets.map((secret) => Buffer.from(secret));
  return Buffer.concat(chunks.map((chunk) => needles.reduce(replaceAll, chunk)));
}

function replaceAll(chunk, needle) {
  const pieces = [];
  let done = 0;
  for (let at = chunk.indexOf(needle); at >= 0; at = chunk.indexOf(needle, done)) {
    pieces.push(chunk.subarray(done, at), MASK);
    done = at + needle.length;
  }
  return done === 0 ? chunk : Buffer.concat([...pieces, chunk.subarray(done)]);
}

/** Lines as builds print them, every thousandth with a secret. */
function logLines(secrets) {
  const lines = [];
  for (let length = 0, number = 0; length < SIZE; number++) {
    const hash = createHash("sha1")
      .update(String(number))
      .digest(number % 2 === 0 ? "hex" : "base64");
    const tail =
      number % 1000 === 0
        ? `password=${secrets[(number / 1000) % secrets.length]}`
        : "https://packages.example.org/debian/pool/main/c/curl/curl_7.88.1-10%2bdeb12u5_amd64.deb";
    const line = `2026-01-02 03:04:05.${number % 1000} Info Stdout: Get:${number} ${tail} [${(number * 7919) % 100_000} B] sha ${hash}\n`;
    lines.push(line);
    length += line.length;
  }
  return Buffer.from(lines.join("")).subarray(0, SIZE);
}

function binaryBytes() {
  const bytes = Buffer.alloc(SIZE);
  let state = 1;
  for (let at = 0; at < SIZE; at += 4) bytes.writeInt32LE((state = (Math.imul(state, 1_664_525) + 1_013_904_223) | 0), at);
  return bytes;
}

function many() {
  return Array.from({ length: 100 }, (_, index) => createHash("sha256").update(`one of many ${index}`).digest("base64").slice(0, 20));
}

function chunksOf(bytes) {
  return Array.from({ length: Math.ceil(bytes.length / CHUNK) }, (_, index) => bytes.subarray(index * CHUNK, (index + 1) * CHUNK));
}

function adding(secrets) {
  return median(Array.from({ length: ROUNDS }, () => seconds(() => redact([Buffer.from("a line of text\n")], secrets)))) * 1000;
}

function seconds(work) {
  const start = performance.now();
  work();
  return (performance.now() - start) / 1000;
}

function median(numbers) {
  return [...numbers].sort((a, b) => a - b)[numbers.length >> 1];
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const { what, value, unit, detail } of await bench())
    console.log(`- ${what}: ${value.toFixed(2)}${unit}${detail === undefined ? "" : `; ${detail}`}`);
}
