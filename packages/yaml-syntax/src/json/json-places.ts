import { JsonScanner, type TextRange } from "./json-scanner.js";
import type { Path } from "../path.js";

interface Part {
  readonly start: number;
  /** Of a member. */
  readonly name?: TextRange;
}

/** The items of a list that have been found so far, and an iterator over the others. */
interface Items {
  readonly starts: number[];
  readonly others: Iterator<number>;
}

/** Finds parts of a valid JSON text. It remembers what it has scanned, so that finding all places takes linear time. */
export class JsonPlaces {
  // by the offset of the list or object
  readonly #items = new Map<number, Items>();
  readonly #members = new Map<number, ReadonlyMap<string, Part>>();

  constructor(readonly text: string) {}

  /** The place of a value, or of the name of a member; of the nearest value around it where it does not exist. */
  find(path: Path, part: "name" | "value"): TextRange {
    const scanner = new JsonScanner(this.text);
    scanner.next();
    let found: Part = { start: scanner.position };
    for (const step of path) {
      const inner = typeof step === "number" ? this.#item(found.start, step) : this.#member(found.start, step);
      if (inner === undefined) break;
      found = inner;
    }
    if (part === "name" && found.name !== undefined) return found.name;
    scanner.position = found.start;
    return scanner.value();
  }

  #item(list: number, wanted: number): Part | undefined {
    const { starts, others } = this.#items.get(list) ?? { starts: [], others: itemsOf(this.text, list) };
    this.#items.set(list, { starts, others });
    while (starts.length <= wanted) {
      const next = others.next();
      if (next.done === true) return undefined;
      starts.push(next.value);
    }
    return { start: starts[wanted] ?? list };
  }

  /** The last member of the name, as in JSON.parse. */
  #member(object: number, wanted: string): Part | undefined {
    const members = this.#members.get(object) ?? new Map(membersOf(this.text, object));
    this.#members.set(object, members);
    return members.get(wanted);
  }
}

function* itemsOf(text: string, position: number): Generator<number> {
  const scanner = new JsonScanner(text, { position });
  for (let more = text[position] === "[" && scanner.into("]"); more; more = scanner.more("]")) {
    scanner.next();
    yield scanner.position;
    scanner.value();
  }
}

function* membersOf(text: string, position: number): Generator<[string, Part]> {
  const scanner = new JsonScanner(text, { position });
  for (let more = text[position] === "{" && scanner.into("}"); more; more = scanner.more("}")) {
    const name = scanner.name();
    scanner.next();
    yield [scanner.read(name), { name, start: scanner.position }];
    scanner.value();
  }
}
