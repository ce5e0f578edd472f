import { quote, type SourceFile } from "@imagewright/diagnostics";
import type { FileKind } from "./file-kind.js";
import type { Identified } from "./identified.js";

interface TextSign {
  readonly kind: FileKind;
  readonly endings: readonly string[];
  /** The beginning of a line that only such a text has. */
  readonly line: RegExp;
}

// the first matching row wins: a Packer template in HCL also has blocks like those of Terraform
const TEXT_SIGNS: readonly TextSign[] = [
  { kind: "packer-template", endings: [".pkr.hcl"], line: /^[ \t]*(?:source[ \t]+"[\w-]+"[ \t]+"[\w-]+"|packer)[ \t]*\{/m },
  {
    kind: "terraform-configuration",
    endings: [".tf", ".tfvars", ".tofu"],
    line: /^[ \t]*(?:(?:resource|data)[ \t]+"aws_\w+"[ \t]+"[\w-]+"|(?:module|provider|variable|output)[ \t]+"[\w-]+"|terraform|locals)[ \t]*\{/m,
  },
  { kind: "dockerfile", endings: ["Dockerfile", "Containerfile", ".dockerfile"], line: /^FROM[ \t]+\S+/m },
];

/** Identifies a text that is neither YAML nor JSON. */
export function identifyText(source: SourceFile): Identified | undefined {
  for (const { kind, endings, line } of TEXT_SIGNS) {
    const found = line.exec(source.text);
    const ending = endings.find((end) => source.name.endsWith(end));
    if (found === null && ending === undefined) continue;
    const [words = ""] = found ?? [];
    const sign = found === null ? `its name ends in ${quote(ending ?? "")}` : `it has a line with ${quote(/\w+/.exec(words)?.[0] ?? "")}`;
    const start = (found?.index ?? 0) + words.length - words.trimStart().length;
    return { kind, sign, span: { source, start, end: start + words.trim().length }, node: undefined };
  }
  return undefined;
}
