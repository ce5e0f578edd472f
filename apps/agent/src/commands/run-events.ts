import { createEventWriter, EventSequence, protocolError, type EventWriter } from "@imagewright/agent-protocol";
import { EventDrafts } from "@imagewright/component-runner";
import { safe, safeJson } from "@imagewright/diagnostics";
import type { RunEvent } from "@imagewright/document-engine";
import type { Terminal } from "../terminal.js";
import type { SavedSettings } from "./saved-settings.js";

/** Where the events of a run go: the file of its job, standard error, both or neither. */
export class RunEvents {
  readonly #drafts = new EventDrafts();
  readonly #numbers = new EventSequence();
  readonly #writer: EventWriter | undefined;
  readonly #terminal: Terminal | undefined;

  /** Errors: job-folder-refused, job-not-written. */
  constructor(
    private readonly settings: Pick<SavedSettings, "job" | "eventStream">,
    terminal: Terminal,
  ) {
    this.#writer = settings.job === undefined ? undefined : createEventWriter(settings.job);
    this.#terminal = settings.eventStream ? terminal : undefined;
  }

  /** Refuses the folder of a job that has had a run: the events of two would be one. Errors: job-has-run. */
  begin(): this {
    const { job: path = "" } = this.settings;
    const executionId = this.#writer?.executionId;
    if (executionId === undefined) return this;
    this.close();
    throw protocolError("job-has-run", { path, executionId });
  }

  take(event: RunEvent): void {
    if (this.#writer === undefined && this.#terminal === undefined) return;
    for (const draft of this.#drafts.take(event)) {
      const events = this.#writer?.write(draft) ?? this.#numbers.next(draft);
      for (const numbered of events) this.#terminal?.err(safe`${safeJson(numbered)}\n`);
    }
  }

  close(): void {
    this.#writer?.close();
  }
}
