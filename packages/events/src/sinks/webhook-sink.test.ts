// Webhooks over real HTTP; what is signed is verified by the library of Standard Webhooks.
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, expect, test } from "@jest/globals";
import { Webhook } from "standardwebhooks";
import { busEvent, newWebhookSecret, webhookKey, webhookSink } from "../index.js";
import { sampleEvent } from "../testing/sample-events.js";

const SECRET = newWebhookSecret(Buffer.alloc(32, 7));
const never = new AbortController().signal;

interface Received {
  readonly headers: IncomingMessage["headers"];
  readonly body: string;
}

/** Sends an event to a server of the test's own; returns what came of it and what arrived. */
async function sendTo(answer: (response: ServerResponse) => void, { signal = never, timeout = 60_000, secret = SECRET } = {}) {
  const received: Received[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      received.push({ headers: request.headers, body: Buffer.concat(chunks).toString() });
      answer(response);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/hook?token=a`;
  const event = sampleEvent();
  const sink = webhookSink({ url, key: webhookKey(secret), clock: () => new Date(), timeout });
  const outcome = await sink.send(event, signal);
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  return { outcome, received, event, url, sink };
}

const status =
  (code: number, headers = {}) =>
  (response: ServerResponse) =>
    response.writeHead(code, headers).end();

describe("a webhook", () => {
  test("EVT-010 has the event as JSON, and a signature that the library of Standard Webhooks takes", async () => {
    const { outcome, received, event } = await sendTo(status(204));
    expect(outcome).toEqual({ kind: "delivered" });
    const [{ headers, body } = { headers: {}, body: "" }] = received;
    expect(JSON.parse(body)).toEqual(busEvent(event));
    expect(headers).toMatchObject({ "content-type": "application/json", "webhook-id": busEvent(event).id });
    const given = headers as Record<string, string>;
    expect(new Webhook(SECRET).verify(body, given)).toEqual(busEvent(event));
    expect(() => new Webhook(SECRET).verify(body.replace("AVAILABLE", "FAILED"), given)).toThrow("No matching signature found");
    expect(() => new Webhook(newWebhookSecret(Buffer.alloc(32, 8))).verify(body, given)).toThrow("No matching signature found");
  });

  test.each([
    [200, { kind: "delivered" }],
    [299, { kind: "delivered" }],
    [301, { kind: "refused", reason: "it answered with the status 301" }],
    [400, { kind: "refused", reason: "it answered with the status 400" }],
    [404, { kind: "refused", reason: "it answered with the status 404" }],
    [408, { kind: "failed", reason: "it answered with the status 408" }],
    [410, { kind: "refused", reason: "it answered with the status 410" }],
    [429, { kind: "failed", reason: "it answered with the status 429" }],
    [500, { kind: "failed", reason: "it answered with the status 500" }],
    [503, { kind: "failed", reason: "it answered with the status 503" }],
  ])("that answers with the status %i", async (code, outcome) => {
    expect((await sendTo(status(code, { location: "http://127.0.0.1:1/" }))).outcome).toEqual(outcome);
  });

  test("that asks for a pause has it, as seconds or as a date", async () => {
    expect((await sendTo(status(429, { "retry-after": "7" }))).outcome).toMatchObject({ retryAfter: 7000 });
    const { outcome } = await sendTo(status(503, { "retry-after": new Date(0).toUTCString() }));
    expect(outcome).toMatchObject({ retryAfter: 0 });
    expect((await sendTo(status(503, { "retry-after": "later" }))).outcome).not.toHaveProperty("retryAfter");
  });

  test("that hangs, or cuts the connection, or is not there, is tried again", async () => {
    expect((await sendTo(() => undefined, { timeout: 50 })).outcome).toEqual({ kind: "failed", reason: "it did not answer in time" });
    expect((await sendTo((response) => response.destroy())).outcome).toMatchObject({ kind: "failed" });
    const { sink, event } = await sendTo(status(200));
    expect(await sink.send(event, never)).toMatchObject({ kind: "failed", reason: expect.stringContaining("ECONNREFUSED") });
  });

  test("whose answer has no end is done with the status", async () => {
    const endless = (response: ServerResponse) => response.writeHead(200).write("a");
    expect((await sendTo(endless)).outcome).toEqual({ kind: "delivered" });
  });

  test("has an id without its query, which may have a secret", async () => {
    const { sink, url } = await sendTo(status(200));
    expect(sink.id).toMatch(/^webhook http:\/\/127\.0\.0\.1:\d+\/hook [0-9a-f]{8}$/);
    const idOf = (other: string) => webhookSink({ url: other, key: webhookKey(SECRET), clock: () => new Date() }).id;
    expect(idOf(url.replace("token=a", "token=b"))).not.toBe(sink.id);
    expect(idOf("https://example.com/a")).toBe("webhook https://example.com/a");
  });

  test.each(["", "example.com", "ftp://example.com/", "https://ada:secret@example.com/"])("cannot be %j", (url) => {
    const sink = () => webhookSink({ url, key: webhookKey(SECRET), clock: () => new Date() });
    expect(sink).toThrow(/is no URL for a webhook; allowed: http:\/\/ or https:\/\/, without user and password/);
    expect(sink).not.toThrow(/ada:secret/);
  });
});

test.each([
  ["", "it does not begin with whsec_"],
  ["secret", "it does not begin with whsec_"],
  ["whsec_*", "what follows whsec_ is not base64"],
  [newWebhookSecret(Buffer.alloc(23)), "it has 23 bytes"],
  [newWebhookSecret(Buffer.alloc(65)), "it has 65 bytes"],
])("the secret %j is refused", (secret, problem) => {
  expect(() => webhookKey(secret)).toThrow(`the secret of webhooks is not valid: ${problem}`);
});

test("a secret may have a line break at its end, as files do", () => {
  expect(webhookKey(`${SECRET}\n`)).toEqual(Buffer.alloc(32, 7));
});
