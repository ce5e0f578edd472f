import { chunkOf, matchesChunks, matchesStart, type Chunk } from "./glob.js";
import {
  ANY,
  literalOf,
  resolveTemplate,
  policyVariablesOf,
  type PatternPiece,
  type PatternTemplate,
  type PolicyVariable,
  type VariableValues,
} from "./template.js";

/** Whether a text matches; undefined if a variable of the pattern has no value. */
export type Match = boolean | undefined;

type ChunkPiece = Exclude<PatternPiece, typeof ANY> | PolicyVariable;

/** A template to compare with texts, with `*` and `?`. What does not depend on requests is prepared once. */
export class Pattern {
  /** Whether every text matches. */
  readonly isAnything: boolean;
  readonly hasVariables: boolean;
  /** The only text that matches, if there is only one. */
  readonly literal: string | undefined;
  /** Those with variables are still to be resolved. */
  readonly #chunks: readonly (Chunk | { readonly template: readonly ChunkPiece[] })[];
  readonly #fixed: readonly Chunk[] | undefined;

  constructor(readonly template: PatternTemplate) {
    this.isAnything = template.length === 1 && template[0] === ANY;
    this.hasVariables = policyVariablesOf(template).length > 0;
    const chunks = splitAtStars(template);
    this.literal = literalOf(template);
    this.#chunks = chunks.map((pieces) =>
      policyVariablesOf(pieces).length > 0 ? { template: pieces } : chunkOf(pieces as Exclude<PatternPiece, typeof ANY>[]),
    );
    this.#fixed = this.hasVariables ? undefined : (this.#chunks as readonly Chunk[]);
  }

  test(text: string, scope: VariableValues): Match {
    const chunks = this.#fixed ?? this.#resolve(scope);
    return chunks === undefined ? undefined : matchesChunks(chunks, text);
  }

  /** The same of all texts that begin with this one; undefined also if some of them match and others do not. */
  testStart(text: string, scope: VariableValues): Match {
    const chunks = this.#fixed ?? this.#resolve(scope);
    return chunks === undefined ? undefined : matchesStart(chunks, text);
  }

  #resolve(scope: VariableValues): readonly Chunk[] | undefined {
    const resolved: Chunk[] = [];
    for (const chunk of this.#chunks) {
      if (typeof chunk === "string" || !("template" in chunk)) {
        resolved.push(chunk);
        continue;
      }
      const pieces = resolveTemplate(chunk.template, scope);
      if (pieces === undefined) return undefined;
      resolved.push(chunkOf(pieces as Exclude<PatternPiece, typeof ANY>[]));
    }
    return resolved;
  }
}

function splitAtStars(template: PatternTemplate): ChunkPiece[][] {
  const chunks: ChunkPiece[][] = [[]];
  for (const piece of template) {
    if (piece === ANY) chunks.push([]);
    else chunks.at(-1)?.push(piece);
  }
  return chunks;
}
