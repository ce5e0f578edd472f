import { quote } from "@imagewright/diagnostics";

/** What makes a text no JSON, and where. */
export class JsonFault extends Error {
  constructor(
    readonly offset: number,
    message: string,
  ) {
    super(message);
  }
}

export interface Stretch {
  readonly start: number;
  readonly end: number;
}

/** Called for each member of an object that has an earlier member of the same name. */
export type OnRepeated = (name: string, first: Stretch, again: Stretch) => void;

const DEEPEST = 500;
const LITERAL = /true|false|null|-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y;
const ESCAPE = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;

/** Goes over JSON (RFC 8259) without building values, so that files of any size can be searched. Throws JsonFault. */
export class JsonWalker {
  position: number;

  constructor(
    readonly text: string,
    readonly onRepeated?: OnRepeated,
  ) {
    this.position = text.startsWith("\ufeff") ? 1 : 0;
  }

  /** Goes over one value: from its first character, after any blanks, to behind its last. */
  value(depth = 0): Stretch {
    const first = this.next();
    const start = this.position;
    if (depth > DEEPEST) throw new JsonFault(start, `values stand in one another more than ${DEEPEST} levels deep`);
    if (first === '"') return this.string();
    if (first === "{") this.members(() => void this.value(depth + 1));
    else if (first === "[") this.items(() => void this.value(depth + 1));
    else this.#literal();
    return { start, end: this.position };
  }

  /** Goes over an object; `each` has to go over the value of its member. */
  members(each: (name: string, key: Stretch) => void): void {
    const seen = this.onRepeated === undefined ? undefined : new Map<string, Stretch>();
    this.#list("{", "}", () => {
      if (this.next() !== '"') throw this.#unexpected("the name of a member in double quotes");
      const key = this.string();
      const name = JSON.parse(this.text.slice(key.start, key.end)) as string;
      const first = seen?.get(name);
      if (first !== undefined) this.onRepeated?.(name, first, key);
      else seen?.set(name, key);
      this.#take(":");
      each(name, key);
    });
  }

  /** Goes over an array; `each` has to go over the item. */
  items(each: () => void): void {
    this.#list("[", "]", each);
  }

  string(): Stretch {
    const start = this.position;
    for (let at = start + 1; at < this.text.length; at++) {
      const code = this.text.charCodeAt(at);
      if (code === 0x22) return { start, end: (this.position = at + 1) };
      if (code < 0x20) throw new JsonFault(at, "a control character in a string must be written as an escape");
      if (code !== 0x5c) continue;
      ESCAPE.lastIndex = at;
      if (!ESCAPE.test(this.text)) throw new JsonFault(at, `unknown escape ${quote(this.text.slice(at, at + 2))} in a string`);
      at = ESCAPE.lastIndex - 1;
    }
    throw new JsonFault(start, "a string has no end");
  }

  /** The next character that is no blank; empty at the end of the text. */
  next(): string {
    while (" \t\n\r".includes(this.text[this.position] ?? "end")) this.position += 1;
    return this.text[this.position] ?? "";
  }

  /** Checks that nothing follows. */
  end(): void {
    if (this.next() !== "") throw this.#unexpected("nothing more");
  }

  #list(open: string, close: string, each: () => void): void {
    this.#take(open);
    if (this.next() === close) return this.#take(close);
    for (;;) {
      each();
      if (this.next() === close) return this.#take(close);
      if (this.next() !== ",") throw this.#unexpected(`"," or "${close}"`);
      this.#take(",");
    }
  }

  #literal(): void {
    LITERAL.lastIndex = this.position;
    if (!LITERAL.test(this.text)) throw this.#unexpected("a value");
    this.position = LITERAL.lastIndex;
  }

  #take(character: string): void {
    if (this.next() !== character) throw this.#unexpected(quote(character));
    this.position += 1;
  }

  #unexpected(expected: string): JsonFault {
    const found = this.text.codePointAt(this.position);
    return new JsonFault(this.position, `expected ${expected}; found ${found === undefined ? "the end of the text" : quote(String.fromCodePoint(found))}`);
  }
}
