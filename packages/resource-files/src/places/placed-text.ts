import { SourceFile, type Span } from "@imagewright/diagnostics";

/** A text that was put together from parts of a file. */
export interface PlacedText {
  readonly text: string;
  /** For each UTF-16 code unit of the text, its offset in the file. */
  readonly offsets: readonly number[];
  /** The placeholders of values that are not known. */
  readonly unknown: readonly UnknownStretch[];
}

/** A span of the placeholder of a value that is not known. */
export interface UnknownStretch {
  /** The name of the value in the file: `AWS::Region`, `Role.Arn`. Undefined if a fault of the value has been reported. */
  readonly name: string | undefined;
  readonly start: number;
  readonly end: number;
}

/** The concatenation of the texts. */
export function joinTexts(parts: readonly PlacedText[]): PlacedText {
  const offsets: number[] = [];
  const unknown: UnknownStretch[] = [];
  for (const part of parts) {
    const shift = offsets.length;
    for (const { name, start, end } of part.unknown) unknown.push({ name, start: start + shift, end: end + shift });
    for (const offset of part.offsets) offsets.push(offset);
  }
  return { text: parts.map(({ text }) => text).join(""), offsets, unknown };
}

/** A part of a text without unknown values. */
export function sliceText({ text, offsets }: PlacedText, start: number, end: number): PlacedText {
  return { text: text.slice(start, end), offsets: offsets.slice(start, end), unknown: [] };
}

/** A text whose characters all have the same place. */
export function textAt(text: string, offset: number): PlacedText {
  return { text, offsets: new Array<number>(text.length).fill(offset), unknown: [] };
}

/** The placeholder of a value whose fault has been reported. */
export function faultyText(name: string, offset: number): PlacedText {
  const { unknown, ...text } = unknownText(name, offset);
  return { ...text, unknown: unknown.map((stretch) => ({ ...stretch, name: undefined })) };
}

/** The placeholder of a value that is not known: a word that depends only on the name and has no meaning in YAML. */
export function unknownText(name: string, offset: number): PlacedText {
  const text = name.replace(/\W+/g, "_");
  return { ...textAt(text, offset), unknown: [{ name, start: 0, end: text.length }] };
}

/** The text as a source file of its own whose places are shown in the file that it comes from. */
export function toSource(name: string, { text, offsets }: PlacedText, { source, start: whole }: Span): SourceFile {
  const behind = (offsets.at(-1) ?? whole) + 1;
  return new SourceFile(name, text, (from, to) => {
    const start = offsets[from] ?? behind;
    return { source, start, end: to > from ? Math.max(start, (offsets[to - 1] ?? behind) + 1) : start };
  });
}
