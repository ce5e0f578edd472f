/** A message of a stream of server-sent events. */
export interface StreamMessage {
  /** The id of the last message that had one: where another stream goes on. */
  readonly id: string | undefined;
  /** The name of the event; `message` by default. */
  readonly name: string;
  /** Undefined for what has an id alone. */
  readonly data: string | undefined;
}

/** Reads server-sent events from chunks of UTF-8. Source: HTML, "Server-sent events", parsing an event stream. */
export async function* readEventStream(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<StreamMessage> {
  const decoder = new TextDecoder();
  let text = "";
  let message: { id?: string; name?: string; data: string[] } = { data: [] };
  for await (const chunk of chunks) {
    text += decoder.decode(chunk, { stream: true });
    const lines = text.split("\n");
    text = lines.pop() ?? "";
    for (const line of lines) {
      if (line === "") {
        const { id, name = "message", data } = message;
        if (id !== undefined || data.length > 0) yield { id, name, data: data.length === 0 ? undefined : data.join("\n") };
        message = { data: [] };
        continue;
      }
      const [, field = "", value = ""] = /^([^:]*):? ?(.*)$/s.exec(line) ?? [];
      if (field === "id") message.id = value;
      if (field === "event") message.name = value;
      if (field === "data") message.data.push(value);
    }
  }
}
