import { describe, expect, test } from "@jest/globals";
import { DiagnosticCollector, renderText, SourceFile, toJson, toSarif, type Diagnostic, type Span } from "./index.js";

const source = new SourceFile("web.yaml", 'name: web\nphases:\n\t- nmae: "build"\r\n');

function spanOf(text: string, file = source): Span {
  const start = file.text.indexOf(text);
  return { source: file, start, end: start + text.length };
}

function fault(span: Span, extras: Partial<Diagnostic> = {}): Diagnostic {
  return { code: "unknown-key", severity: "error", message: 'unknown key "nmae"', span, ...extras };
}

describe("renderText", () => {
  test("names the place, shows the line, points at the word and counts", () => {
    expect(renderText([fault(spanOf("nmae"), { help: 'write "name"' })])).toBe(
      ['web.yaml:3:4: unknown key "nmae" [unknown-key]', '  \t- nmae: "build"', "  \t  ^~~~", '  help: write "name"', "1 error", ""].join(
        "\n",
      ),
    );
  });

  test("shows related places and marks warnings", () => {
    const related = [{ message: "first used here", span: spanOf("name") }];
    expect(renderText([fault(spanOf("build"), { severity: "warning", related }), fault(spanOf("phases"))])).toBe(
      [
        'web.yaml:3:11: warning: unknown key "nmae" [unknown-key]',
        '  \t- nmae: "build"',
        "  \t         ^~~~~",
        "  web.yaml:1:1: first used here",
        'web.yaml:2:1: unknown key "nmae" [unknown-key]',
        "  phases:",
        "  ^~~~~~",
        "1 error, 1 warning",
        "",
      ].join("\n"),
    );
  });

  test("lines of megabytes are truncated around the place", () => {
    const long = new SourceFile("long", `${"a".repeat(1_000_000)}HERE${"b".repeat(1_000_000)}`);
    const lines = renderText([fault(spanOf("HERE", long))]).split("\n");
    expect(lines[1]).toBe(`  ${"a".repeat(60)}HERE${"b".repeat(56)}`);
    expect(lines[2]).toBe(`  ${" ".repeat(60)}^~~~`);
  });

  test("carets are aligned under wide characters", () => {
    const wide = new SourceFile("wide", "名前: x");
    expect(
      renderText([fault(spanOf("x", wide))])
        .split("\n")
        .slice(1, 3),
    ).toEqual(["  名前: x", "        ^"]);
  });

  test("control characters of a document do not reach the terminal", () => {
    const hostile = new SourceFile("a\u001b[2Jb", "x\u001b[31m: y");
    expect(renderText([fault(spanOf("y", hostile), { message: "a\r\u202eb", help: "c\nd" })])).toBe(
      [
        "a\\u001b[2Jb:1:9: a\\u000d\\u202eb [unknown-key]",
        "  x\\u001b[31m: y",
        "               ^",
        "  help: c\\u000ad",
        "1 error",
        "",
      ].join("\n"),
    );
  });

  test("colours only on request", () => {
    expect(renderText([fault(spanOf("nmae"))], { color: true })).toContain("\u001b[31m^~~~");
  });

  test("an empty list is empty text", () => {
    expect(renderText([])).toBe("");
  });
});

test("toJson has lines and columns from 1 and omits absent fields", () => {
  expect(toJson([fault(spanOf("nmae"))])).toEqual([
    {
      file: "web.yaml",
      line: 3,
      column: 4,
      endLine: 3,
      endColumn: 8,
      code: "unknown-key",
      severity: "error",
      message: 'unknown key "nmae"',
    },
  ]);
});

test("toSarif has one result each, the rules once, and places as URIs", () => {
  const spaced = new SourceFile("my docs/a.yaml", "x: 1");
  const log = toSarif([fault(spanOf("x", spaced), { help: "do y" }), fault(spanOf("x", spaced))], { name: "ib", version: "1.2.3" });
  expect(log.runs[0]?.tool.driver).toEqual({ name: "ib", version: "1.2.3", rules: [{ id: "unknown-key" }] });
  expect(log.runs[0]?.results[0]).toEqual({
    ruleId: "unknown-key",
    level: "error",
    message: { text: 'unknown key "nmae"\ndo y' },
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: "my%20docs/a.yaml" },
          region: { startLine: 1, startColumn: 1, endLine: 1, endColumn: 2 },
        },
      },
    ],
  });
});

test("toSarif has no control characters, and no links of a document's own", () => {
  const hostile = new SourceFile("a\ud800.yaml", "x: 1");
  const message = 'unknown key "[click](http://example.com)\u202e"; see [1]';
  expect(toSarif([fault(spanOf("x", hostile), { message })], { name: "ib", version: "1.2.3" }).runs[0]?.results[0]).toMatchObject({
    message: { text: 'unknown key "\\[click](http://example.com)\\u202e"; see [1]' },
    locations: [{ physicalLocation: { artifactLocation: { uri: "a%EF%BF%BD.yaml" } } }],
  });
});

test("the collector sorts by place and distinguishes errors from warnings", () => {
  const collector = new DiagnosticCollector();
  collector.warning("w", spanOf("build"), "later");
  expect(collector.hasErrors).toBe(false);
  collector.error("e", spanOf("name"), "earlier");
  expect(collector.hasErrors).toBe(true);
  expect(collector.diagnostics.map((diagnostic) => diagnostic.message)).toEqual(["earlier", "later"]);
});
