import type { SourceFile, Span } from "@imagewright/diagnostics";

/** An instruction of a Dockerfile, or a placeholder of the service that stands on a line of its own. */
export interface Instruction {
  /** In capitals; empty for a line that is no instruction. */
  readonly name: string;
  /** What stands after the name, its lines joined. */
  readonly argument: string;
  readonly span: Span;
}

const HERE_DOCUMENT = /<<-?(["']?)([A-Za-z_]\w*)\1/g;

/** The instructions of a Dockerfile, in their order, without comments. */
export function instructionsOf(source: SourceFile): Instruction[] {
  const instructions: Instruction[] = [];
  const lines = source.text.split("\n");
  let offset = 0;
  for (let index = 0; index < lines.length; index++) {
    const start = offset;
    const first = lines[index] ?? "";
    offset += first.length + 1;
    if (/^\s*(#|$)/.test(first)) continue;
    const parts = [first];
    while (/\\\s*$/.test(parts.at(-1) ?? "") && index + 1 < lines.length) {
      const next = lines[++index] ?? "";
      offset += next.length + 1;
      // comments and empty lines may stand within an instruction
      if (!/^\s*(#|$)/.test(next)) parts.push(next);
    }
    const text = parts.map((part) => part.replace(/\\\s*$/, "")).join(" ");
    for (const [, , word = ""] of text.matchAll(HERE_DOCUMENT)) {
      while (index + 1 < lines.length && (lines[index + 1] ?? "").trim() !== word) offset += (lines[++index] ?? "").length + 1;
      offset += (lines[++index] ?? "").length + 1;
    }
    const begin = start + first.length - first.trimStart().length;
    const [, name = "", argument = ""] = /^\s*([A-Za-z]+)(?:\s+([^]*))?$/.exec(text) ?? [];
    instructions.push({
      name: name.toUpperCase(),
      argument: (name === "" ? text : argument).trim(),
      span: { source, start: begin, end: start + first.trimEnd().length },
    });
  }
  return instructions;
}
