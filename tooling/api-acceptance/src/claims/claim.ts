import type { CapabilityId } from "../facts/capabilities.js";

/** Where it is known from that the service does so. */
export type TruthSource =
  /** A shape or a member in the API model. */
  | { readonly model: string }
  /** A chapter of the user guide. */
  | { readonly guide: number }
  /** An answer of the service that clients were written against: the client that shows it. */
  | { readonly answer: string }
  /** Nothing says it: what was decided. docs/api.md gives the reason. */
  | { readonly decision: string };

/** What a test proves, and where its truth comes from. */
export interface Claim {
  /** A sentence without a subject, which follows the id in the name of the test. */
  readonly says: string;
  readonly sources: readonly [TruthSource, ...TruthSource[]];
}

export type Claims = { readonly [Id in CapabilityId]?: Claim };

export const model = (member: string): TruthSource => ({ model: member });
export const guide = (chapter: number): TruthSource => ({ guide: chapter });
export const answer = (client: string): TruthSource => ({ answer: client });
export const decision = (what: string): TruthSource => ({ decision: what });

/** Terraform's provider compares these answers, or reads these members. */
export const terraform = answer("Terraform's provider");
