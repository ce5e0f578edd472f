import { describe, expect, test } from "@jest/globals";
import { standardRegistry as registry } from "@imagewright/action-modules";
import { SourceFile, type Diagnostic } from "@imagewright/diagnostics";
import { checkDocument } from "@imagewright/document-engine";
import { hasCorpus, readCorpus, whetherSkipped, type CorpusDocument } from "./corpus.js";
import { REVIEWED } from "./reviewed-faults.js";

const suite = hasCorpus ? describe : describe.skip;

function check({ path, text, platform }: CorpusDocument): readonly Diagnostic[] {
  return checkDocument(new SourceFile(path, text), { registry, platforms: [platform] }).diagnostics;
}

suite(`real documents${whetherSkipped}`, () => {
  const documents = readCorpus();

  test("the corpus contains components and filled-in templates", () => {
    expect(documents.length).toBeGreaterThan(290);
  });

  test("have no faults except those confirmed by reading the document", () => {
    const found = documents
      .map((document) => [document.path, errorsOf(check(document))] as const)
      .filter(([, errors]) => errors.length > 0);
    expect(Object.fromEntries(found)).toEqual(Object.assign({}, ...Object.values(REVIEWED)));
  });

  test("every reported place is within the document", () => {
    for (const document of documents) {
      for (const { span } of check(document))
        expect(span.start >= 0 && span.start <= span.end && span.end <= document.text.length).toBe(true);
    }
  });
});

function errorsOf(diagnostics: readonly Diagnostic[]): string[] {
  return diagnostics
    .filter(({ severity }) => severity === "error")
    .map(({ span, code }) => `${span.source.position(span.start).line} ${code}`);
}
