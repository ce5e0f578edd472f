import { quote } from "@imagewright/diagnostics";

/** Why a text is not valid JSON, and where. */
export class JsonFault extends Error {
  constructor(
    readonly offset: number,
    message: string,
  ) {
    super(message);
  }
}

/** Offsets in the text; the end is exclusive. */
export interface TextRange {
  readonly start: number;
  readonly end: number;
}

/** Called for each member of an object that has an earlier member of the same name. */
export type OnDuplicate = (name: string, first: TextRange, again: TextRange) => void;

type Close = "}" | "]";

/** An object or a list that is not closed yet and, if duplicates are reported, the names of its members so far. */
interface Open {
  readonly close: Close;
  readonly names?: Map<string, TextRange>;
}

const LITERAL = /true|false|null|-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y;
const ESCAPE = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;
const [TAB, LINE_FEED, RETURN, SPACE, QUOTE, BACKSLASH] = [0x09, 0x0a, 0x0d, 0x20, 0x22, 0x5c];

/** Scans JSON (RFC 8259) without building values, so that texts of any size and depth can be searched. Throws JsonFault. */
export class JsonScanner {
  position: number;

  constructor(
    readonly text: string,
    { position = text.startsWith("\ufeff") ? 1 : 0, onDuplicate }: { readonly position?: number; readonly onDuplicate?: OnDuplicate } = {},
  ) {
    this.position = position;
    this.#onDuplicate = onDuplicate;
  }

  readonly #onDuplicate: OnDuplicate | undefined;

  /**
   * Scans one value, from its first character after any blanks to its end. Values may be deeper than the stack, so it keeps
   * one of its own.
   */
  value(): TextRange {
    this.next();
    const start = this.position;
    const open: Open[] = [];
    do {
      if (!this.#enter(open)) this.#leave(open);
    } while (open.length > 0);
    return { start, end: this.position };
  }

  /** Enters an object or a list. Returns whether it has content; if not, it has been skipped. */
  into(close: Close): boolean {
    this.position += 1;
    if (this.next() !== close) return true;
    this.position += 1;
    return false;
  }

  /** Moves from the end of a part of an object or a list to the next one. Returns whether there is one; if not, the whole has been left. */
  more(close: Close): boolean {
    const found = this.next();
    if (found !== "," && found !== close) throw this.#unexpected(`"," or "${close}"`);
    this.position += 1;
    return found === ",";
  }

  /** Goes over the name of a member and the colon. */
  name(): TextRange {
    if (this.next() !== '"') throw this.#unexpected("the name of a member in double quotes");
    const name = this.#string();
    if (this.next() !== ":") throw this.#unexpected('":"');
    this.position += 1;
    return name;
  }

  /** The string at a range, with its escapes resolved. */
  read({ start, end }: TextRange): string {
    const inside = this.text.slice(start + 1, end - 1);
    return inside.includes("\\") ? (JSON.parse(`"${inside}"`) as string) : inside;
  }

  /** The next character that is no blank; empty at the end of the text. */
  next(): string {
    for (;;) {
      const code = this.text.charCodeAt(this.position);
      if (code !== SPACE && code !== LINE_FEED && code !== RETURN && code !== TAB) return this.text.charAt(this.position);
      this.position += 1;
    }
  }

  /** Throws if anything follows. */
  end(): void {
    if (this.next() !== "") throw this.#unexpected("nothing more");
  }

  /** Moves to the first value in an object or a list and returns true; skips an empty one. */
  #enter(open: Open[]): boolean {
    const first = this.next();
    if (first !== "{" && first !== "[") {
      if (first === '"') this.#string();
      else this.#literal();
      return false;
    }
    const close = first === "{" ? "}" : "]";
    if (!this.into(close)) return false;
    open.push(this.#onDuplicate === undefined ? { close } : { close, names: new Map() });
    this.#toValue(open);
    return true;
  }

  /** Moves from the end of a value to the next one, leaving the objects and lists that end between them. */
  #leave(open: Open[]): void {
    for (let inner = open.at(-1); inner !== undefined; inner = open.at(-1)) {
      if (this.more(inner.close)) return this.#toValue(open);
      open.pop();
    }
  }

  #toValue(open: readonly Open[]): void {
    const inner = open.at(-1);
    if (inner?.close !== "}") return;
    const range = this.name();
    if (inner.names === undefined) return;
    const name = this.read(range);
    const first = inner.names.get(name);
    if (first === undefined) inner.names.set(name, range);
    else this.#onDuplicate?.(name, first, range);
  }

  #string(): TextRange {
    const start = this.position;
    for (let at = start + 1; at < this.text.length; at++) {
      const code = this.text.charCodeAt(at);
      if (code === QUOTE) return { start, end: (this.position = at + 1) };
      if (code < SPACE) throw new JsonFault(at, "a control character in a string must be written as an escape");
      if (code !== BACKSLASH) continue;
      ESCAPE.lastIndex = at;
      if (!ESCAPE.test(this.text)) throw new JsonFault(at, `unknown escape ${quote(this.text.slice(at, at + 2))} in a string`);
      at = ESCAPE.lastIndex - 1;
    }
    throw new JsonFault(start, "a string has no end");
  }

  #literal(): void {
    LITERAL.lastIndex = this.position;
    if (!LITERAL.test(this.text)) throw this.#unexpected("a value");
    this.position = LITERAL.lastIndex;
  }

  #unexpected(expected: string): JsonFault {
    const found = this.text.codePointAt(this.position);
    return new JsonFault(
      this.position,
      `expected ${expected}; found ${found === undefined ? "the end of the text" : quote(String.fromCodePoint(found))}`,
    );
  }
}
