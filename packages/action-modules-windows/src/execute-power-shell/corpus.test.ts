// The scripts of real documents of other projects, in a folder next to the checkout.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { createRegistry } from "@imagewright/action-contract";
import { coreActions } from "@imagewright/action-modules-core";
import { SourceFile } from "@imagewright/diagnostics";
import { checkDocument } from "@imagewright/document-engine";
import { describe, expect, test } from "@jest/globals";
import { isReadToItsEnd } from "../testing/is-read-to-its-end.js";
import { windowsActions } from "../windows-actions.js";

const CORPUS = fileURLToPath(new URL("../../../../../shared/reference/corpus", import.meta.url));
const hasCorpus = existsSync(CORPUS);
const suite = hasCorpus ? describe : describe.skip;

const registry = createRegistry(coreActions, windowsActions);
const documents = hasCorpus
  ? ["components", "rendered"].flatMap((folder) =>
      readdirSync(join(CORPUS, folder))
        .map((name) => new SourceFile(name, readFileSync(join(CORPUS, folder, name), "utf8")))
        .filter(({ text }) => text.includes("ExecutePowerShell")),
    )
  : [];
const scripts = documents.flatMap((source) => scriptsOf(source));

suite(`the scripts of real documents${hasCorpus ? "" : " (skipped: there is no corpus next to the checkout)"}`, () => {
  test("none of them has a fault", () => {
    const found = documents.flatMap((source) => {
      const { diagnostics } = checkDocument(source, { registry, platforms: ["windows"] });
      return diagnostics.filter(({ message }) => message.includes(" of the script")).map(({ message }) => `${source.name}: ${message}`);
    });
    expect([documents.length > 90, found]).toEqual([true, []]);
  });

  test("each is read to its end, unless it is a reference alone", () => {
    const unread = scripts.filter((script) => !isReadToItsEnd(script) && !/^\{\{[^}]*\}\}$/.test(script));
    expect([scripts.length > 150, unread]).toEqual([true, []]);
  });
});

function scriptsOf(source: SourceFile): string[] {
  const { document } = checkDocument(source, { registry, platforms: ["windows"] });
  const steps = document?.phases.flatMap((phase) => phase.steps) ?? [];
  return steps.flatMap(({ action, inputs }) => {
    if (action.text !== "ExecutePowerShell" || inputs?.kind !== "mapping") return [];
    const commands = inputs.entries.find(({ key }) => key.text === "commands")?.value;
    return commands?.kind === "sequence" ? [commands.items.map((item) => (item.kind === "scalar" ? item.text : "")).join("\n")] : [];
  });
}
