import { expect, test } from "@jest/globals";
import { DiagnosticCollector, SourceFile, type Span } from "./index.js";

test("faults come file after file, and in the order of each file's text", () => {
  const first = new SourceFile("first.yaml", "0123456789");
  const second = new SourceFile("second.yaml", "0123456789");
  // a text that begins at 7 in the first file
  const inner = new SourceFile("a script", "789", (start, end) => ({ source: first, start: start + 7, end: end + 7 }));
  const at = (source: SourceFile, start: number): Span => ({ source, start, end: start + 1 });
  const found = new DiagnosticCollector();
  const places = [at(first, 9), at(second, 5), at(inner, 1), at(second, 1), at(first, 3), at(first, 9)];
  for (const [index, span] of places.entries()) found.error("fault", span, String(index));
  expect(found.diagnostics.map(({ message }) => message)).toEqual(["4", "2", "0", "5", "3", "1"]);
});
