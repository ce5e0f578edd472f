import { expect, test } from "@jest/globals";
import { SourceFile } from "@imagewright/diagnostics";
import { checkDocument } from "../index.js";
import { runYaml, stepsOf, withSteps } from "../testing/run-yaml.js";
import { testRegistry } from "../testing/test-actions.js";

const documentWith = (text: string) => withSteps(`name: One\n        action: Echo\n        inputs:\n          text: ${text}`);

/** The suggestion for the braces of an unquoted text. */
function suggestionFor(text: string): string | undefined {
  const { diagnostics } = checkDocument(new SourceFile("f.yaml", documentWith(text)), { registry: testRegistry, platforms: ["linux"] });
  const [, suggestion] = /(?:write|written) (\{\{.*\}\})$/.exec(diagnostics[0]?.help ?? "") ?? [];
  return suggestion;
}

test.each(["{{ .ID }}", "{{.Names}}", "{{- .ID -}}", "{{  range .Items  }}", "{{ loop.value }}", "{{ item.value }}", "{{ name | upper }}"])(
  "braces for another program, %s, reach it unchanged if written as suggested",
  async (braces) => {
    const text = (of: string) => `docker ps --format '${of}'`;
    const suggestion = suggestionFor(text(braces));
    const { result } = await runYaml(documentWith(text(suggestion ?? "nothing was suggested")));
    expect(stepsOf(result)[0]?.inputs).toEqual([{ text: text(braces) }]);
  },
);
