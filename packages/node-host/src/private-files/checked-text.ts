import { createHash } from "node:crypto";

/** The form of a checked text: a JSON object that begins with these two keys, on one line. */
const FORM = /^\{"schema":(\d{1,9}),"checksum":"([0-9a-f]{64})",(.*)\}\n$/s;

/** The JSON text of an object, with the version of its form and a checksum in front of its members. It must have at least one member. */
export function checkedText(schema: number, value: object): string {
  const members = JSON.stringify(value).slice(1, -1);
  return `{"schema":${schema},"checksum":"${checksum(schema, members)}",${members}}\n`;
}

/** What a checked text says; or why it says nothing, as the end of a sentence that begins with its file. */
export type ReadText = { readonly value: unknown } | { readonly reason: string };

/** Reads a checked text of one version. A change of any bit is noticed. */
export function readCheckedText(text: Uint8Array, schema: number): ReadText {
  const [, written = "", stated, members = ""] = FORM.exec(decode(text) ?? "") ?? [];
  if (stated === undefined) return { reason: "it is damaged: it does not have a checksum" };
  if (stated !== checksum(Number(written), members)) return { reason: "it is damaged: its checksum is wrong" };
  if (Number(written) !== schema) return { reason: `its form has version ${Number(written)}; this program reads version ${schema}` };
  return { value: JSON.parse(`{${members}}`) as unknown };
}

/** Undefined if it is not UTF-8: two damaged bytes must not read as the same character. */
function decode(text: Uint8Array): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(text);
  } catch {
    return undefined;
  }
}

function checksum(schema: number, members: string): string {
  return createHash("sha256").update(`${schema}\n${members}`).digest("hex");
}
