import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import type { ActionRegistry, Platform } from "@imagewright/action-contract";
import { renderText, SourceFile } from "@imagewright/diagnostics";
import { bindVariables, checkDocument, type ParameterSource, type RunResult, type StepResult } from "@imagewright/document-engine";
import { createNodeHost } from "@imagewright/node-host";
import { treeDifference, withTemporaryFolder } from "@imagewright/test-kit";
import { loadLocalDocument, resumeComponents, runComponents } from "../../index.js";
import { readPlainTree } from "./plain-tree.js";

/** A document whose only phase has these steps, written as list items at the first column. */
export function steps(text: string, phase = "build"): string {
  return `schemaVersion: 1.0\nphases:\n  - name: ${phase}\n    steps:\n${text.trim().replace(/^(?=.)/gm, "      ")}\n`;
}

export interface ExampleOptions {
  /** Existing files: texts by path; a path that ends in a slash is a folder. */
  readonly files?: Readonly<Record<string, string>>;
  readonly parameters?: Readonly<Record<string, string>>;
  readonly phases?: readonly string[];
  /** The values of Parameter Store. */
  readonly stored?: Readonly<Record<string, string>>;
}

export interface ExampleRun {
  readonly status: RunResult["status"] | "restart";
  /** The result of each step, with the reason of a failure: `Name success`. */
  readonly steps: readonly string[];
  /** The outputs of the steps that have any, by name; a list of one item is replaced by the item. */
  readonly outputs: Readonly<Record<string, unknown>>;
  /** The changes in the folder: `+ path file "text"`; owner and permissions are shown if they are not the defaults. */
  readonly changes: readonly string[];
  /** The lines that steps printed. */
  readonly printed: readonly string[];
  /** Missing if the run waits for a restart. */
  readonly result: RunResult | undefined;
}

const HERE = /\/here\b/g;

/** Checks and runs examples with the modules of a registry. `/here` in an example and its results is its working directory. */
export class ExampleRunner {
  constructor(private readonly registry: ActionRegistry) {}

  /** The diagnostics on a platform: one line each, the help after a dash. */
  check(text: string, platform: Platform = "linux"): string[] {
    const { diagnostics } = checkDocument(new SourceFile("example.yaml", text), { registry: this.registry, platforms: [platform] });
    return diagnostics.map(({ severity, message, help }) => `${severity}: ${message}${help === undefined ? "" : ` - ${help}`}`);
  }

  /** Runs an example on this machine, in a folder of its own. */
  run(text: string, options: ExampleOptions = {}): Promise<ExampleRun> {
    return inFolders((folder, logs) => this.#start(folder, logs, text, options));
  }

  /** Runs an example that asks for a restart, and continues it as after one. */
  runAcrossRestart(text: string, options: ExampleOptions = {}): Promise<readonly [ExampleRun, ExampleRun]> {
    return inFolders(async (folder, logs) => {
      const first = await this.#start(folder, logs, text, options);
      const resume = { ...this.#context(folder, options), stateDirectory: join(logs, "state"), executionId: "example" };
      return [first, await observe(folder, () => resumeComponents(resume))] as const;
    });
  }

  async #start(folder: string, logs: string, text: string, options: ExampleOptions): Promise<ExampleRun> {
    for (const [path, content] of Object.entries(options.files ?? {}))
      await place(join(folder, path), content.replace(HERE, folder), path.endsWith("/"));
    const source = new SourceFile("example.yaml", text.replace(HERE, folder));
    const { document, diagnostics } = checkDocument(source, { registry: this.registry, platforms: ["linux"] });
    if (document === undefined || diagnostics.length > 0) throw new Error(renderText(diagnostics));
    const bound = bindVariables(document, [new Map(Object.entries(options.parameters ?? {}))]);
    if (bound.diagnostics.length > 0) throw new Error(renderText(bound.diagnostics));
    const state = { directory: join(logs, "state"), environment: {}, settings: {} };
    const asked = {
      executionId: "example",
      documents: [{ document, variables: bound.variables }],
      phases: options.phases,
      logDirectory: logs,
      state,
    };
    return observe(folder, () => runComponents({ ...this.#context(folder, options), ...asked, workingDirectory: folder }));
  }

  #context(folder: string, { stored = {} }: ExampleOptions) {
    const parameterStore: ParameterSource = {
      get: async (names) => new Map(names.map((name) => [name, { value: stored[name] ?? "", secure: false, type: "String" }])),
    };
    const { registry } = this;
    const loadDocument = (location: string) => loadLocalDocument(resolve(folder, location));
    return {
      registry,
      host: createNodeHost(),
      environment: { PATH: process.env["PATH"] ?? "" },
      signal: new AbortController().signal,
      parameterStore,
      loadDocument,
    };
  }
}

function inFolders<Result>(body: (folder: string, logs: string) => Promise<Result>): Promise<Result> {
  return withTemporaryFolder((folder) => withTemporaryFolder((logs) => body(folder, logs)));
}

async function place(path: string, content: string, isFolder: boolean): Promise<void> {
  await mkdir(isFolder ? path : dirname(path), { recursive: true });
  if (!isFolder) await writeFile(path, content);
}

async function observe(folder: string, run: () => ReturnType<typeof runComponents>): Promise<ExampleRun> {
  const before = await readPlainTree(folder);
  const { outcome, logFolder } = await run();
  const show = (text: string) => text.replaceAll(folder, "/here");
  const console = await readFile(join(logFolder, "console.log"), "utf8");
  const result = outcome.status === "restart" ? undefined : outcome;
  const all = result?.documents.flatMap(({ phases }) => phases.flatMap(({ steps }) => steps)) ?? [];
  return {
    status: outcome.status,
    steps: all.map(({ name, status, failureMessage }) => show(`${name} ${status}${failureMessage === "" ? "" : `: ${failureMessage}`}`)),
    outputs: JSON.parse(show(JSON.stringify(Object.fromEntries(all.flatMap(outputsOf))))) as ExampleRun["outputs"],
    changes: treeDifference(before, await readPlainTree(folder)).map(show),
    printed: [...show(console).matchAll(/ Stdout: (.*)/g)].map(([, line]) => line ?? ""),
    result,
  };
}

function outputsOf({ name, outputs }: StepResult): [string, unknown][] {
  return outputs.some((item) => Object.keys(item).length > 0) ? [[name, outputs.length === 1 ? outputs[0] : outputs]] : [];
}
