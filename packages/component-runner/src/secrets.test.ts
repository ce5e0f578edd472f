import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { standardRegistry } from "@imagewright/action-modules";
import { renderText, SourceFile } from "@imagewright/diagnostics";
import { checkDocument, type ParameterSource, type RunEvent } from "@imagewright/document-engine";
import { createNodeHost } from "@imagewright/node-host";
import { withTemporaryFolder } from "@imagewright/test-kit";
import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { runComponents } from "./index.js";

/**
 * Every way in which a document could reveal a secret: printed whole, in parts, encoded, in inputs, in loops, in conditions, in failures.
 */
const LEAKY = `schemaVersion: 1.0
phases:
  - name: build
    steps:
      - name: Keep
        action: CreateFile
        inputs: [{ path: secret, content: "{{ aws:ssm:/secret }}" }]
      - name: Print
        action: ExecuteBash
        onFailure: Ignore
        inputs:
          commands:
            - cat secret; echo; cat secret >&2
            - base64 -w0 secret; echo; base64 -w60 secret; echo "prefix:$(cat secret)" | base64 -w0; echo
            - od -An -v -tx1 secret | tr -d ' \\n'; echo
            - |
              "${process.execPath}" --input-type=module - <<'END'
              import { readFileSync, writeSync } from "node:fs";
              const secret = readFileSync("secret", "utf8");
              const quoted = "'" + secret.replaceAll("'", "'\\\\''") + "'";
              const forms = [JSON.stringify(secret), JSON.stringify({ key: [secret] }), quoted, encodeURIComponent(secret), new URLSearchParams({ secret }).toString()];
              console.log("%s", forms.join(" ")); // a percent sign in a secret is no format
              const data = Buffer.from(secret);
              for (let place = 0; place < data.length; place += 3) {
                writeSync(1, data.subarray(place, place + 3));
                await new Promise((resolve) => setTimeout(resolve, 1));
              }
              for (const line of secret.split("\\n")) console.log("a line: " + line);
              END
            - exit 3
      - name: Read
        action: ReadFile
        inputs: [{ path: secret }]
      - name: Again
        action: ExecuteBash
        loop: { forEach: ["{{ aws:ssm:/secret }}", "{{ build.Read.outputs.content }}"] }
        inputs: { commands: ["cat <<'END-OF-IT'", "{{ loop.value }}", "END-OF-IT"] }
      - name: Compare
        action: Assert
        onFailure: Ignore
        if: { stringEquals: "{{ aws:ssm:/secret }}", value: "{{ aws:ssm:/secret }}" }
        inputs: { stringEquals: nothing, value: "{{ aws:ssm:/secret }}" }
      - name: Named
        action: DeleteFile
        onFailure: Ignore
        inputs: [{ path: "/nowhere/{{ aws:ssm:/secret }}" }]
      - name: Shortened
        action: Assert
        onFailure: Ignore
        inputs: { stringEquals: "some text that stands before it {{ aws:ssm:/secret }}", value: "{{ aws:ssm:/secret }}" }
      - name: Pattern
        action: Assert
        onFailure: Ignore
        inputs: { patternMatches: "a(b{{ aws:ssm:/secret }}[", value: x }
      - name: Missing
        action: ExecuteDocument
        onFailure: Ignore
        inputs: { document: "/nowhere/below/this/folder/{{ aws:ssm:/secret }}" }
      - name: CutOutput
        action: ExecuteBash
        inputs: { commands: ["head -c 1048560 /dev/zero | tr '\\\\0' x; cat secret"] }
      - name: Stop
        action: ExecuteBash
        inputs: { commands: [exit 194] }
`;

async function textsBelow(folder: string): Promise<string[]> {
  const files = (await readdir(folder, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile());
  return Promise.all(files.map((entry) => readFile(join(entry.parentPath, entry.name), "latin1")));
}

/** All outputs of a run: log folder, console, events, the state on disk; as bytes. */
async function runWith(secret: string): Promise<string[]> {
  return withTemporaryFolder(async (folder) => {
    const { document, diagnostics } = checkDocument(new SourceFile("leaky.yaml", LEAKY), {
      registry: standardRegistry,
      platforms: ["linux"],
    });
    if (document === undefined || diagnostics.length > 0) throw new Error(renderText(diagnostics));
    const parameterStore: ParameterSource = {
      get: async (names) => new Map(names.map((name) => [name, { value: secret, secure: true, type: "SecureString" }])),
    };
    const events: RunEvent[] = [];
    let console = "";
    const { outcome, logFolder } = await runComponents({
      ...{
        executionId: "run-1",
        documents: [{ document, variables: new Map() }],
        phases: undefined,
        registry: standardRegistry,
        host: createNodeHost(),
      },
      ...{
        logDirectory: join(folder, "logs"),
        workingDirectory: folder,
        environment: { PATH: process.env["PATH"] ?? "" },
        signal: new AbortController().signal,
        parameterStore,
      },
      ...{
        onEvent: (event: RunEvent) => events.push(event),
        onConsole: (bytes: Uint8Array) => (console += Buffer.from(bytes).toString("latin1")),
        state: { directory: join(folder, "state"), environment: {}, settings: {} },
      },
    });
    expect(outcome).toMatchObject({ status: "restart", place: { step: "Stop" } });
    // the run is real: its own file contains the secret
    expect(await readFile(join(folder, "secret"), "utf8")).toBe(secret);
    const reported = events.map((event) =>
      event.type === "step-output" ? Buffer.from(event.chunk).toString("latin1") : JSON.stringify(event),
    );
    const printed = events.flatMap((event) => (event.type === "step-output" ? [Buffer.from(event.chunk)] : []));
    return [
      ...(await textsBelow(logFolder)),
      ...(await textsBelow(join(folder, "state"))),
      console,
      ...reported,
      Buffer.concat(printed).toString("latin1"),
    ];
  });
}

/** The forms to look for are made here, independently of the redactor's. */
function formsOf(secret: string): string[] {
  const bytes = Buffer.from(secret);
  const inner = bytes.subarray(0, bytes.length - (bytes.length % 3)).toString("base64");
  const forms = [
    secret,
    JSON.stringify(secret).slice(1, -1),
    encodeURIComponent(secret),
    `'${secret.replaceAll("'", "'\\''")}'`,
    bytes.toString("hex"),
    inner,
  ];
  // nor any part of a long secret, as a truncated text might contain
  const parts =
    secret.includes("\n") || secret.length < 24
      ? []
      : Array.from({ length: secret.length - 11 }, (_, start) => secret.slice(start, start + 12));
  return [...new Set([...forms, ...parts])].filter((form) => form.length >= 4).map((form) => Buffer.from(form).toString("latin1"));
}

const character = fc.oneof(
  { weight: 8, arbitrary: fc.constantFrom(..."abcXYZ0189") },
  { weight: 2, arbitrary: fc.constantFrom(..."!$%&'\"\\/+=# ä€") },
);
const word = fc.array(character, { minLength: 8, maxLength: 120 }).map((parts) => `S${parts.join("")}e`);
const anySecret = fc.oneof(
  { weight: 3, arbitrary: word },
  { weight: 1, arbitrary: fc.array(word, { minLength: 2, maxLength: 4 }).map((lines) => lines.join("\n")) },
);

test("a SecureString is in none of a run's outputs, whatever the document does with it", async () => {
  await fc.assert(
    fc.asyncProperty(anySecret, async (secret) => {
      const shown = await runWith(secret);
      expect(shown.some((text) => text.includes("***"))).toBe(true);
      for (const form of formsOf(secret))
        for (const text of shown) expect(text.includes(form) ? `${form} in ${text.slice(0, 2_000)}` : "").toBe("");
    }),
    { numRuns: 12, endOnFailure: true },
  );
}, 180_000);

test("a secret that is too short to be masked is not used", async () => {
  await withTemporaryFolder(async (folder) => {
    const { document } = checkDocument(new SourceFile("leaky.yaml", LEAKY), { registry: standardRegistry, platforms: ["linux"] });
    if (document === undefined) throw new Error("the document has faults");
    const { outcome } = await runComponents({
      ...{
        executionId: "run-1",
        documents: [{ document, variables: new Map() }],
        phases: undefined,
        registry: standardRegistry,
        host: createNodeHost(),
      },
      ...{ logDirectory: folder, workingDirectory: folder, environment: {}, signal: new AbortController().signal },
      parameterStore: { get: async () => new Map([["/secret", { value: "no", secure: true, type: "SecureString" }]]) },
    });
    expect(outcome).toMatchObject({
      status: "failed",
      documents: [
        {
          phases: [
            {
              steps: [
                {
                  name: "Keep",
                  failureMessage: 'the secret parameter "/secret" is too short to be masked in the logs, so it is not used',
                },
              ],
            },
          ],
        },
      ],
    });
  });
});
