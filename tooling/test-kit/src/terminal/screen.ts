import { execFileSync, spawn } from "node:child_process";
import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import xterm from "@xterm/headless";

/** What a person sees after a program has written to a terminal. */
export interface Screen {
  /** With what has scrolled out at the top; without blanks at the ends of lines, and empty lines at the end. */
  readonly lines: readonly string[];
  /** Texts in a colour or style other than the usual, with its name: `red: failed`. */
  readonly styled: readonly string[];
  /** What the program did besides showing text: `title TITLE`, `clipboard …`, `bell`, `hidden text`. */
  readonly effects: readonly string[];
}

interface Size {
  readonly columns: number;
  readonly rows: number;
}

const SIZE: Size = { columns: 100, rows: 50 };
const COLORS = ["black", "red", "green", "yellow", "blue", "magenta", "cyan", "white"];

/** What happens to a terminal: a program writes, or the window gets another width. */
export type TerminalEvent = string | Uint8Array | { readonly columns: number };

/** Shows bytes on a terminal of that size. `newLines`: whether a line feed also returns to the first column, as for what came by a pipe. */
export async function showOnScreen(
  output: TerminalEvent | readonly TerminalEvent[],
  { newLines = true, ...size }: Partial<Size> & { newLines?: boolean } = {},
): Promise<Screen> {
  const { columns, rows } = { ...SIZE, ...size };
  const terminal = new xterm.Terminal({ cols: columns, rows, scrollback: 10_000, convertEol: newLines, allowProposedApi: true });
  const effects: string[] = [];
  terminal.onTitleChange((title) => effects.push(`title ${title}`));
  terminal.onBell(() => effects.push("bell"));
  terminal.parser.registerOscHandler(52, (content) => effects.push(`clipboard ${content}`) > 0);
  for (const event of Array.isArray(output) ? (output as readonly TerminalEvent[]) : [output as TerminalEvent]) {
    if (typeof event === "object" && "columns" in event) terminal.resize(event.columns, rows);
    else await new Promise<void>((resolve) => terminal.write(event, resolve));
  }
  const { lines, styled, hidden } = read(terminal);
  terminal.dispose();
  return { lines, styled, effects: [...effects, ...(hidden ? ["hidden text"] : [])] };
}

function read({ buffer, cols }: xterm.Terminal): { lines: string[]; styled: string[]; hidden: boolean } {
  const lines: string[] = [];
  const styled: string[] = [];
  let hidden = false;
  for (let row = 0; row < buffer.active.length; row++) {
    const line = buffer.active.getLine(row);
    let style = "";
    for (let column = 0; column < cols; column++) {
      const cell = line?.getCell(column);
      if (cell === undefined || cell.getWidth() === 0) continue;
      if (cell.isInvisible() !== 0 && cell.getChars().trim() !== "") hidden = true;
      const next = styleOf(cell);
      if (next !== "" && next === style) styled.push(`${styled.pop()}${cell.getChars() || " "}`);
      else if (next !== "") styled.push(`${next}: ${cell.getChars() || " "}`);
      style = next;
    }
    lines.push(line?.translateToString(true) ?? "");
  }
  while (lines.at(-1) === "") lines.pop();
  return { lines, styled: styled.map((each) => each.trimEnd()), hidden };
}

function styleOf(cell: xterm.IBufferCell): string {
  const color = cell.isFgPalette() ? [COLORS[cell.getFgColor() % COLORS.length] ?? ""] : [];
  return [...(cell.isBold() !== 0 ? ["bold"] : []), ...(cell.isDim() !== 0 ? ["dim"] : []), ...color].join(" ");
}

/** What a test does at a terminal while a program runs in it. */
export interface Typist {
  type(text: string): void;
  /** Changes the width of the window, of which the program is told. */
  resize(columns: number): void;
}

interface TerminalRun extends Partial<Size> {
  readonly folder: string;
  readonly environment: Record<string, string>;
  /** Called with all that was written so far, after each chunk. */
  readonly onWritten?: (written: string, typist: Typist) => void;
}

/**
 * Runs a program with a terminal as its standard input, output and error, by `script` of util-linux. Gives the screen at its end, and all
 * that the program has written. A terminal of 0 columns does not know its width; it is shown with the usual one.
 */
export async function inTerminal(
  command: readonly string[],
  { folder, environment, onWritten = () => undefined, ...size }: TerminalRun,
): Promise<{ readonly screen: Screen; readonly written: string; readonly code: number | null }> {
  const { columns, rows } = { ...SIZE, ...size };
  const words = command.map((word) => `'${word.replaceAll("'", `'\\''`)}'`).join(" ");
  const device = join(folder, ".terminal");
  const child = spawn("script", ["-qefc", `tty > .terminal; stty cols ${columns} rows ${rows}; ${words}`, "/dev/null"], {
    ...{ cwd: folder, env: { TERM: "xterm-256color", SHELL: "/bin/sh", ...environment }, stdio: ["pipe", "pipe", "inherit"] },
  });
  const events: TerminalEvent[] = [];
  let written = "";
  const typist: Typist = {
    type: (text) => void child.stdin.write(text),
    resize: (wanted) => {
      execFileSync("stty", ["-F", readFileSync(device, "utf8").trim(), "cols", String(wanted)]);
      events.push({ columns: wanted });
    },
  };
  child.stdout.on("data", (chunk: Buffer) => {
    events.push(chunk);
    written += chunk.toString();
    onWritten(written, typist);
  });
  const code = await new Promise<number | null>((resolve, reject) => child.once("error", reject).once("close", resolve));
  rmSync(device, { force: true });
  return { screen: await showOnScreen(events, { columns: columns === 0 ? SIZE.columns : columns, rows, newLines: false }), written, code };
}
