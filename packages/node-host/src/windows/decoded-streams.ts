import type { OutputStream, ProcessStreams } from "@imagewright/action-contract";
import { codePageReader, type CodePageReader } from "./code-pages.js";
import { consoleCodePage } from "./console-code-page.js";
import { OutputDecoder } from "./output-decoder.js";

/** The same streams, which get UTF-8 whatever a program prints. `end` passes on what is left when it has ended. */
export function decodedStreams({ signal, onOutput }: ProcessStreams): { readonly streams: ProcessStreams; readonly end: () => void } {
  const decoders = { stdout: new OutputDecoder(readerOfConsole), stderr: new OutputDecoder(readerOfConsole) };
  const pass = (stream: OutputStream, bytes: Uint8Array) => bytes.length > 0 && onOutput(stream, bytes);
  return {
    streams: { signal, onOutput: (stream, chunk) => void pass(stream, decoders[stream].push(chunk)) },
    end: () => {
      for (const stream of ["stdout", "stderr"] as const) pass(stream, decoders[stream].end());
    },
  };
}

/** What a program of Windows has printed, whole. */
export function readPrinted(bytes: Uint8Array): string {
  const decoder = new OutputDecoder(readerOfConsole);
  return Buffer.concat([decoder.push(bytes), decoder.end()]).toString();
}

function readerOfConsole(): CodePageReader | undefined {
  const codePage = consoleCodePage();
  return codePage === undefined ? undefined : codePageReader(codePage);
}
