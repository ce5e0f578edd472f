import type { Claim, TruthSource } from "../claims/claim.js";
import type { Difference } from "./differences.js";

type Row = readonly string[];

/** What the page is made from. */
export interface ApiPageData {
  readonly differences: readonly Difference[];
  readonly claims: Readonly<Record<string, Claim>>;
  readonly operations: Readonly<Record<string, readonly string[]>>;
}

/** The page docs/api.md. */
export function apiPage({ differences, claims, operations }: ApiPageData): string {
  return [
    "# The API",
    "",
    "`ib serve` answers the 77 operations of EC2 Image Builder to the clients that people have: SDKs, `aws`, Terraform. This page is made from",
    "the suite that speaks to it from outside, [api-acceptance](../tooling/api-acceptance):",
    "`UPDATE=1 pnpm --filter @imagewright/api-acceptance test` updates it, and the suite fails if it is out of date.",
    "",
    "## What differs from AWS",
    "",
    "Only what is on purpose, or decided where AWS does not say. Any other difference is a fault: please report it.",
    "",
    ...table(
      ["operation", "what differs", "why", "shown by"],
      differences.map(({ operations: of, differs, why, shownBy }) => [of, differs, why, shownBy.join(", ")]),
    ),
    "",
    "## What is proven",
    "",
    "A test of the suite is named after each id. Its sources are the API model of 2019-12-02 in its newest version (shape and member), the user",
    "guide (chapter), answers that clients were written against, and decisions, where none of them says.",
    "",
    ...table(
      ["id", "what", "operations", "source"],
      Object.entries(claims)
        .sort(([one], [other]) => (one < other ? -1 : 1))
        .map(([id, { says, sources }]) => [id, says, (operations[id] ?? []).join(", "), sources.map(sourceText).join("; ")]),
    ),
    "",
  ].join("\n");
}

function sourceText(source: TruthSource): string {
  if ("model" in source) return `model: \`${source.model}\``;
  if ("guide" in source) return `guide, chapter ${String(source.guide)}`;
  if ("answer" in source) return `answer known from ${source.answer}`;
  return `decision: ${source.decision}`;
}

function table(head: Row, rows: readonly Row[]): string[] {
  const line = (cells: Row) => `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
  return [line(head), `|${head.map(() => "---|").join("")}`, ...rows.map(line)];
}
