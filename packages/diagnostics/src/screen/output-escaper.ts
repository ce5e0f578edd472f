import { StringDecoder } from "node:string_decoder";
import { escapeOutput } from "./escape.js";
import { SafeText } from "./safe-text.js";

/** Bytes that arrive in chunks, such as the output of a command, as safe text: UTF-8 with line feeds and tabs. CRLF is one line break. */
export class OutputEscaper {
  readonly #decoder = new StringDecoder("utf8");
  #heldBack = "";

  /** What can be shown after this chunk; a character or a CRLF may end in the next one. */
  push(chunk: Uint8Array): SafeText {
    const text = this.#heldBack + this.#decoder.write(Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength));
    this.#heldBack = text.endsWith("\r") ? "\r" : "";
    return escaped(text.slice(0, text.length - this.#heldBack.length));
  }

  end(): SafeText {
    const rest = this.#heldBack + this.#decoder.end();
    this.#heldBack = "";
    return escaped(rest);
  }
}

function escaped(text: string): SafeText {
  return new SafeText(text.split(/\r?\n/).map(escapeOutput).join("\n"));
}
