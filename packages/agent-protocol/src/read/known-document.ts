import { escapeControls } from "@imagewright/diagnostics";

/** A document of the run as far as the reader's caller knows it: events that contradict it are refused. */
export interface KnownDocument {
  /** Its name in the events. */
  readonly document: string;
  /** The name that the reader's events give it instead; the same by default. */
  readonly name?: string | undefined;
  /** The names of the steps of each phase. Any by default. */
  readonly phases?: Readonly<Record<string, readonly string[]>> | undefined;
}

/** A known document with its names as events have them: control and invisible characters written out. */
export function asInEvents({ document, name = document, phases }: KnownDocument): KnownDocument {
  const escaped = Object.entries(phases ?? {}).map(([phase, steps]) => [escapeControls(phase), steps.map(escapeControls)] as const);
  return { document: escapeControls(document), name, phases: phases && Object.fromEntries(escaped) };
}
