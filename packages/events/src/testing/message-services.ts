import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";

/** A stand-in for SNS and EventBridge, of which no server exists in npm. It speaks their protocols, as the SDK sends and reads them. */
export class MessageServices {
  /** What was published, by the names of the API. */
  readonly published: Readonly<Record<string, string>>[] = [];
  readonly put: Readonly<Record<string, unknown>>[] = [];
  /** The service and the Region of each signature. */
  readonly signedFor: string[] = [];
  /** What the next call is answered with instead. */
  readonly failures: { readonly status: number; readonly code: string; readonly ofEntry?: boolean }[] = [];
  url = "";
  #server: ReturnType<typeof createServer> | undefined;

  async start(): Promise<void> {
    this.#server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on("data", (chunk: Buffer) => chunks.push(chunk));
      request.on("end", () => {
        const { status, body } = this.#answer(request, Buffer.concat(chunks).toString());
        response.writeHead(status, { "content-type": body.startsWith("<") ? "text/xml" : "application/x-amz-json-1.1" }).end(body);
      });
    });
    const server = this.#server;
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    this.url = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  }

  async stop(): Promise<void> {
    this.#server?.closeAllConnections();
    await new Promise((resolve) => this.#server?.close(resolve));
  }

  #answer({ headers }: IncomingMessage, body: string): { readonly status: number; readonly body: string } {
    const [, region = "", service = ""] = /Credential=[^/]+\/\d+\/([^/]+)\/([^/]+)\/aws4_request/.exec(headers.authorization ?? "") ?? [];
    this.signedFor.push(`${service} ${region}`);
    const failure = this.failures.shift();
    return headers["x-amz-target"] === "AWSEvents.PutEvents" ? this.#putEvents(body, failure) : this.#publish(body, failure);
  }

  #publish(body: string, failure: MessageServices["failures"][number] | undefined) {
    if (failure !== undefined) {
      const error = `<Error><Type>Sender</Type><Code>${failure.code}</Code><Message>no luck</Message></Error>`;
      return { status: failure.status, body: `<ErrorResponse xmlns="http://sns.amazonaws.com/doc/2010-03-31/">${error}</ErrorResponse>` };
    }
    this.published.push(Object.fromEntries(new URLSearchParams(body)));
    const result = "<PublishResult><MessageId>1</MessageId></PublishResult>";
    return { status: 200, body: `<PublishResponse xmlns="http://sns.amazonaws.com/doc/2010-03-31/">${result}</PublishResponse>` };
  }

  #putEvents(body: string, failure: MessageServices["failures"][number] | undefined) {
    if (failure !== undefined && failure.ofEntry !== true)
      return { status: failure.status, body: JSON.stringify({ __type: failure.code, message: "no luck" }) };
    if (failure !== undefined) {
      const Entries = [{ ErrorCode: failure.code, ErrorMessage: "no luck" }];
      return { status: 200, body: JSON.stringify({ FailedEntryCount: 1, Entries }) };
    }
    const { Entries } = JSON.parse(body) as { readonly Entries: readonly Readonly<Record<string, unknown>>[] };
    this.put.push(...Entries);
    return { status: 200, body: JSON.stringify({ FailedEntryCount: 0, Entries: Entries.map((_, index) => ({ EventId: String(index) })) }) };
  }
}
