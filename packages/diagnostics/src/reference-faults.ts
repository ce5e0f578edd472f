import type { Diagnostic } from "./diagnostic.js";
import type { Span } from "./span.js";

// further places of a fault that are listed
const MOST_PLACES = 4;

/** The faults of references. A name that does not exist is one fault, with all the places where it is used. */
export class ReferenceFaults {
  readonly #faults = new Map<string, { readonly fault: Diagnostic; readonly spans: Span[] }>();

  /** `unknownName` is the same for all uses of a name that does not exist, where the messages of some say more than those of others. */
  add(fault: Diagnostic, unknownName = fault.message): void {
    const { code, message, span } = fault;
    const key = code === "unknown-reference" ? unknownName : `${code} ${span.start} ${message}`;
    const known = this.#faults.get(key);
    if (known === undefined) this.#faults.set(key, { fault, spans: [span] });
    else known.spans.push(span);
  }

  get all(): Diagnostic[] {
    return [...this.#faults.values()].map(({ fault, spans }) => {
      const [first = fault.span, ...others] = [...spans].sort((a, b) => a.start - b.start);
      if (others.length === 0) return fault;
      const unlisted = others.length - MOST_PLACES;
      const related = others.slice(0, MOST_PLACES).map((span, index) => ({
        message: unlisted > 0 && index === MOST_PLACES - 1 ? `also here, and ${unlisted} times more` : "also here",
        span,
      }));
      return { ...fault, span: first, related };
    });
  }
}
