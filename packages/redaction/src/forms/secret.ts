import { formsOf, type Form } from "./form.js";

/** The minimum length of a masked text, in characters: shorter texts occur by chance in most outputs. */
export const SHORTEST_SECRET = 4;

/** Why a secret cannot be masked. */
export type Refusal = "too-short" | "only-asterisks";

/** A form of a secret, or of one of its lines. */
export interface SecretForm extends Form {
  readonly id: string;
  /** 0 is the whole secret, n is its n-th line. */
  readonly part: number;
}

/** Why a secret cannot be masked; undefined if it can. */
export function refusalOf(secret: string): Refusal | undefined {
  const text = withoutOuterSpace(secret);
  if (isShort(text)) return "too-short";
  // the mask itself would contain it
  return /^\*+$/.test(text) ? "only-asterisks" : undefined;
}

/**
 * The forms of a secret as a whole and of each of its lines, since a line is often printed alone, after a prefix. Lines that are
 * short or without any letter or digit are left out, as is white space at either end, which is not secret and seldom survives a shell.
 */
export function formsOfSecret(secret: string, id: string): SecretForm[] {
  const whole = withoutOuterSpace(secret);
  const lines = new Map<string, number>();
  for (const [index, line] of linesOf(whole).entries()) if (!lines.has(line) && isDistinctive(line)) lines.set(line, index + 1);
  const parts: [string, number][] = whole.includes("\n") ? [[whole, 0], ...lines] : [[whole, 0]];
  return parts.flatMap(([text, part]) => formsOf(text).map((form) => ({ ...form, id, part })));
}

/** The form of a secret that a sealed value names; undefined if the secret, which may have changed since, has no such form. */
export function findForm(secret: string, part: number, code: string): Form | undefined {
  const whole = withoutOuterSpace(secret);
  const text = part === 0 ? whole : linesOf(whole)[part - 1];
  return text === undefined || text === "" ? undefined : formsOf(text).find((form) => form.code === code);
}

function withoutOuterSpace(secret: string): string {
  return secret.trim().replaceAll("\r\n", "\n");
}

function linesOf(text: string): string[] {
  return text.split("\n").map((line) => line.trim());
}

function isDistinctive(line: string): boolean {
  return !isShort(line) && /[\p{L}\p{N}]/u.test(line);
}

function isShort(text: string): boolean {
  return Array.from(text).length < SHORTEST_SECRET;
}
