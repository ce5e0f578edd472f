import { expect, test } from "@jest/globals";
import { SourceFile } from "@imagewright/diagnostics";
import { checkDocument } from "../index.js";
import { runYaml, stepsOf, withSteps } from "../testing/run-yaml.js";
import { testRegistry } from "../testing/test-actions.js";

const documentWith = (text: string, constant?: string) =>
  `${constant === undefined ? "" : `constants:\n  ${constant}\n`}${withSteps(`name: One\n        action: Echo\n        inputs:\n          text: ${text}`)}`;

/** What the help says to write for the braces of an unquoted text: a constant with the reference to it, and our own form. */
function suggestionsFor(text: string) {
  const { diagnostics } = checkDocument(new SourceFile("f.yaml", documentWith(text)), { registry: testRegistry, platforms: ["linux"] });
  const help = diagnostics[0]?.help ?? "";
  const [, constant, reference] = /add (- \w+: \{.*\}) to "constants" and write (\{\{ \w+ \}\});/.exec(help) ?? [];
  const [, literal] = /; or write (\{\{.*\}\}), which EC2 Image Builder does not understand$/.exec(help) ?? [];
  return { constant, reference: reference ?? "nothing was suggested", literal: literal ?? "nothing was suggested" };
}

test.each(["{{ .ID }}", "{{.Names}}", "{{- .ID -}}", "{{  range .Items  }}", "{{ loop.value }}", "{{ item.value }}", "{{ name | upper }}"])(
  "braces for another program, %s, reach it unchanged if written as suggested",
  async (braces) => {
    const text = (of: string) => `docker ps --format '${of}'`;
    const { constant, reference, literal } = suggestionsFor(text(braces));
    for (const document of [documentWith(text(reference), constant), documentWith(text(literal))]) {
      const { result } = await runYaml(document);
      expect(stepsOf(result)[0]?.inputs).toEqual([{ text: text(braces) }]);
    }
  },
);

test("references in the value of a constant stay as they are written, its own name included", async () => {
  const constant = "- Who: { type: string, value: '{{ Who }} {{ who }} {{ build.One.outputs.text }}' }";
  const { result } = await runYaml(documentWith('"{{ Who }}!"', constant));
  expect(stepsOf(result)[0]?.inputs).toEqual([{ text: "{{ Who }} {{ who }} {{ build.One.outputs.text }}!" }]);
});
