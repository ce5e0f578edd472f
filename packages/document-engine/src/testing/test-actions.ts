import { appendFile, readFile, writeFile } from "node:fs/promises";
import { resolve } from "node:path";
import { createRegistry, defineAction, PLATFORMS, type AnyActionModule } from "@imagewright/action-contract";
import { errorRow, errorTable } from "@imagewright/diagnostics";

/** Actions for the engine's tests: small but real ones, that write files, print, fail and wait. */

const echo = defineAction({
  name: "Echo",
  summary: "Prints a text and returns it as an output.",
  platforms: PLATFORMS,
  input: {
    shape: "single",
    schema: {
      type: "object",
      properties: {
        text: { type: "string" },
        lines: { type: "array", items: { type: "string" }, minItems: 1 },
        style: { type: "object", properties: { color: { type: "string" } }, required: ["color"], additionalProperties: false },
      },
      required: ["text"],
      additionalProperties: false,
    },
  },
  effects: "opaque",
  outputs: { text: "The printed text.", lines: "The lines, joined with commas." },
  run: async ({ text, lines }, { output, log }) => {
    output("stdout", Buffer.from(`${text}\n`));
    log(`echoed ${text.length} characters`);
    return { status: "succeeded", outputs: { text, ...(lines === undefined ? {} : { lines: lines.join(",") }) }, exitCode: 0 };
  },
});

const fileOp = defineAction({
  name: "FileOp",
  summary: "Writes its own input to a file.",
  platforms: PLATFORMS,
  input: {
    shape: "list",
    schema: {
      type: "object",
      properties: {
        path: { type: "string", minLength: 1 },
        overwrite: { type: "boolean", default: true },
        retries: { type: "integer", minimum: 1 },
        mode: { type: "string", enum: ["text", "binary"] },
      },
      required: ["path"],
      additionalProperties: false,
    },
  },
  effects: "opaque",
  outputs: { path: "The file." },
  check: ({ path, overwrite }, platform) => [
    ...(path.endsWith("/") ? [{ path: ["path"], message: "the path must name a file", help: "leave out the last slash" }] : []),
    ...(platform === "windows" && overwrite === true ? [{ path: [], message: "nothing is overwritten on Windows" }] : []),
  ],
  run: async (input, { workingDirectory }) => {
    await writeFile(resolve(workingDirectory, input.path), JSON.stringify(input), { flag: input.overwrite === false ? "wx" : "w" });
    return { status: "succeeded", outputs: { path: input.path } };
  },
});

const windowsOnly = defineAction({
  name: "SetRegistry",
  summary: "Exists on Windows only.",
  platforms: ["windows"],
  input: { shape: "list", optional: true, schema: { type: "object", properties: {}, additionalProperties: false } },
  effects: "opaque",
  outputs: { status: "The result." },
  run: async () => ({ status: "succeeded" }),
});

const nap = defineAction({
  name: "Nap",
  summary: "Accepts no input, or a list.",
  platforms: PLATFORMS,
  input: {
    shape: "list",
    optional: true,
    schema: { type: "object", properties: { seconds: { type: "integer" } }, additionalProperties: false },
  },
  effects: "opaque",
  outputs: { rested: "Whether it did." },
  run: async () => ({ status: "succeeded", outputs: { rested: "yes" } }),
});

const failUntil = defineAction({
  name: "FailUntil",
  summary: "Counts its attempts in a file, and fails until there have been enough.",
  platforms: PLATFORMS,
  input: {
    shape: "single",
    schema: { type: "object", properties: { attempts: { type: "integer" } }, required: ["attempts"], additionalProperties: false },
  },
  effects: "opaque",
  outputs: { stdout: "The number of the attempt." },
  run: async ({ attempts }, { workingDirectory, output }) => {
    const file = resolve(workingDirectory, "attempts");
    await appendFile(file, "x");
    const count = (await readFile(file, "utf8")).length;
    output("stdout", Buffer.from(`attempt ${count}\n`));
    const outputs = { stdout: `attempt ${count}` };
    return count < attempts
      ? { status: "failed", reason: `attempt ${count} is too early`, hints: ["try again"], outputs, exitCode: count }
      : { status: "succeeded", outputs, exitCode: 0 };
  },
});

const testError = errorTable("test", {
  "test-failure": errorRow("failed", ({ hint }: { hint: string }) => ({ message: "thrown with a hint", hints: [hint] })),
});

const throwing = defineAction({
  name: "Throw",
  summary: "Throws.",
  platforms: PLATFORMS,
  input: {
    shape: "single",
    schema: {
      type: "object",
      properties: { what: { type: "string", enum: ["error", "failure", "text"] } },
      required: ["what"],
      additionalProperties: false,
    },
  },
  effects: "opaque",
  outputs: {},
  run: async ({ what }) => {
    if (what === "failure") throw testError("test-failure", { hint: "do it otherwise" });
    throw what === "error" ? new Error("thrown over\ntwo lines") : "thrown text";
  },
});

const restart = defineAction({
  name: "Restart",
  summary: "Asks for a restart.",
  platforms: PLATFORMS,
  input: { shape: "single", optional: true, schema: { type: "object", properties: {}, additionalProperties: false } },
  effects: "opaque",
  outputs: {},
  run: async () => ({ status: "reboot", resume: "next-step", delaySeconds: 0 }),
});

const produce = defineAction({
  name: "Produce",
  summary: "Prints the given number of lines; its output is too large to keep.",
  platforms: PLATFORMS,
  input: {
    shape: "single",
    schema: {
      type: "object",
      properties: { lines: { type: "integer" }, width: { type: "integer" } },
      required: ["lines"],
      additionalProperties: false,
    },
  },
  effects: "opaque",
  outputs: { stdout: "The beginning of the lines." },
  run: async ({ lines, width = 0 }, { output }) => {
    for (let line = 1; line <= lines; line++)
      output(line % 2 === 0 ? "stderr" : "stdout", Buffer.from(`line ${line}${".".repeat(width)}\n`));
    return { status: "failed", reason: "it was too much", outputs: { stdout: { kept: "line 1", totalBytes: 5_000_000 } } };
  },
});

const wait = defineAction({
  name: "Wait",
  summary: "Waits until its signal aborts, and reports it.",
  platforms: PLATFORMS,
  input: { shape: "single", optional: true, schema: { type: "object", properties: {}, additionalProperties: false } },
  effects: "opaque",
  outputs: {},
  run: async (_input, { signal, output }) => {
    output("stdout", Buffer.from("waiting\n"));
    if (!signal.aborted) await new Promise((abort) => signal.addEventListener("abort", abort));
    return { status: "failed", reason: "stopped", outputs: { stdout: "half" } };
  },
});

/** Asks for restarts until it has been run a given number of times, which it counts in a file. */
const restartUntil = defineAction({
  name: "RestartUntil",
  summary: "Asks for restarts of its own step.",
  platforms: PLATFORMS,
  input: {
    shape: "single",
    schema: {
      type: "object",
      properties: { runs: { type: "integer" }, file: { type: "string" } },
      required: ["runs", "file"],
      additionalProperties: false,
    },
  },
  effects: "opaque",
  outputs: { stdout: "How many times it has run." },
  run: async ({ runs, file }, { workingDirectory, isAfterRestart, log }) => {
    log(isAfterRestart === true ? "after a restart" : "for the first time");
    const path = resolve(workingDirectory, file);
    await appendFile(path, "x");
    const count = (await readFile(path, "utf8")).length;
    const outputs = { stdout: `run ${count}` };
    return count < runs
      ? { status: "reboot", resume: "same-step", delaySeconds: 3, exitCode: 194, outputs }
      : { status: "succeeded", outputs, exitCode: 0 };
  },
});

/** Appends a line to a file each time it runs. */
const note = defineAction({
  name: "Note",
  summary: "Appends a line to a file.",
  platforms: PLATFORMS,
  input: {
    shape: "list",
    schema: {
      type: "object",
      properties: { file: { type: "string" }, line: { type: "string" } },
      required: ["file", "line"],
      additionalProperties: false,
    },
  },
  effects: "opaque",
  outputs: { stdout: "The line." },
  run: async ({ file, line }, { workingDirectory }) => {
    await appendFile(resolve(workingDirectory, file), `${line}\n`);
    return { status: "succeeded", changed: true, outputs: { stdout: line } };
  },
});

/** Leaves a path for each item, and a size that only belongs to one; the text that is too large to keep is that of "large". */
const fetch = defineAction({
  name: "Fetch",
  summary: "Says where each thing would be.",
  platforms: PLATFORMS,
  input: {
    shape: "list",
    schema: { type: "object", properties: { name: { type: "string" } }, required: ["name"], additionalProperties: false },
  },
  effects: "opaque",
  outputs: { path: { description: "Where it is.", ofAllItems: "lines" }, size: "How large it is." },
  run: async ({ name }) => {
    if (name === "missing") return { status: "failed", reason: "it is missing" };
    const path = name === "large" ? { kept: "large", totalBytes: 5_000_000 } : `/store/${name}`;
    return { status: "succeeded", outputs: { path, size: name.length } };
  },
});

const nested = defineAction({
  name: "Nested",
  summary: "Runs a document inside its step.",
  platforms: PLATFORMS,
  input: {
    shape: "single",
    schema: {
      type: "object",
      properties: { document: { type: "string" }, phases: { type: "string" }, greeting: { type: "string" } },
      required: ["document"],
      additionalProperties: false,
    },
  },
  effects: "opaque",
  settings: { timeoutSeconds: -1, maxAttempts: 1 },
  outputs: { status: "The result." },
  run: async ({ document, phases, greeting }, { runDocument }) =>
    runDocument({
      location: document,
      phases: phases?.split(","),
      parameters: new Map(greeting === undefined ? [] : [["greeting", greeting]]),
    }),
});

const exit = defineAction({
  name: "Exit",
  summary: "Ends with an exit code, or never.",
  platforms: PLATFORMS,
  input: {
    shape: "single",
    schema: {
      type: "object",
      properties: { code: { type: "string", enum: ["0", "3", "never"] } },
      required: ["code"],
      additionalProperties: false,
    },
  },
  effects: "opaque",
  outputs: {},
  run: async ({ code }, { signal }) => {
    if (code === "0") return { status: "succeeded", exitCode: 0 };
    if (code === "3") return { status: "failed", reason: "it broke", exitCode: 3 };
    if (!signal.aborted) await new Promise((abort) => signal.addEventListener("abort", abort));
    return { status: "failed", reason: "stopped" };
  },
});

/** Fails with a message that contains its input. */
const blurt = defineAction({
  name: "Blurt",
  summary: "Fails with its text in the message.",
  platforms: PLATFORMS,
  input: {
    shape: "single",
    schema: { type: "object", properties: { text: { type: "string" } }, required: ["text"], additionalProperties: false },
  },
  effects: "opaque",
  outputs: {},
  run: async ({ text }) => ({ status: "failed", reason: `the text was ${text}`, hints: [`not ${text}`] }),
});

const actions: readonly AnyActionModule[] = [
  blurt,
  exit,
  echo,
  fetch,
  nested,
  note,
  restartUntil,
  fileOp,
  windowsOnly,
  nap,
  failUntil,
  throwing,
  restart,
  produce,
  wait,
];

export const testRegistry = createRegistry(actions);

/** Some of them, by name. */
export function testActions(...names: readonly string[]): AnyActionModule[] {
  return actions.filter(({ name }) => names.includes(name));
}
