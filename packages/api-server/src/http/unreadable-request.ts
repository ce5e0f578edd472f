import type { Socket } from "node:net";
import { ProtocolError } from "../protocol-error.js";

/** What a client is told if its request is no HTTP, has too large headers, or does not arrive in time. */
export function unreadableRequest(code: string): ProtocolError {
  if (code === "HPE_HEADER_OVERFLOW")
    return new ProtocolError("RequestHeaderSectionTooLargeException", "the headers of the request are larger than the server allows");
  if (code === "ERR_HTTP_REQUEST_TIMEOUT") return new ProtocolError("RequestTimeoutException", "the request did not arrive in time");
  return new ProtocolError("SerializationException", "the request is not HTTP/1.1");
}

/** Answers on a connection whose request could not be read, and ends it. */
export function answerConnection(socket: Socket, failure: ProtocolError, { requestId, now }: { requestId: string; now: Date }): void {
  if (!socket.writable) {
    socket.destroy();
    return;
  }
  const body = JSON.stringify({ message: failure.message });
  const head = [
    `HTTP/1.1 ${failure.status} ${failure.name}`,
    `date: ${now.toUTCString()}`,
    `x-amzn-requestid: ${requestId}`,
    `x-amzn-errortype: ${failure.name}`,
    "content-type: application/json",
    `content-length: ${Buffer.byteLength(body)}`,
    "connection: close",
  ];
  socket.end(`${head.join("\r\n")}\r\n\r\n${body}`);
}
