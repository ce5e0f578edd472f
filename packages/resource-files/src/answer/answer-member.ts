import type { FileKind } from "../kind/file-kind.js";
import { memberName, API_KINDS } from "../kind/api-kind.js";

/** The kinds of resources by the members of `get-…` responses that have them. */
const ANSWERS: ReadonlyMap<string, FileKind> = new Map<string, FileKind>([
  ...API_KINDS.map((kind) => [memberName(kind), kind] as const),
  ["image", "image-list"],
]);

/** The other members of such a response; the last two are added by SDKs. */
const BESIDE = ["requestId", "latestVersionReferences", "ResponseMetadata", "$metadata"];

/** A member of a mapping, as far as it matters here. */
export interface AnswerMember {
  readonly name: string;
  readonly type: "mapping" | "null" | "other";
}

/**
 * The member of a `get-…` response that is the resource. Where a kind is expected, its member suffices; otherwise there must be nothing
 * besides it that such a response does not have, since files of other tools have keys such as `image`, too.
 */
export function answerMember(members: readonly AnswerMember[], expected?: FileKind): { name: string; kind: FileKind } | undefined {
  const own = members.find(({ name, type }) => type === "mapping" && expected !== undefined && ANSWERS.get(name) === expected);
  const [only, ...others] = members.filter(({ name, type }) => type !== "null" && !BESIDE.includes(name));
  const member = own ?? (others.length === 0 && only?.type === "mapping" ? only : undefined);
  const kind = member === undefined ? undefined : ANSWERS.get(member.name);
  return member === undefined || kind === undefined ? undefined : { name: member.name, kind };
}
