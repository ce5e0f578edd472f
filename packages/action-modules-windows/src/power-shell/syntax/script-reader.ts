import { DOUBLE_QUOTES, endOfLine, isOneOf, SINGLE_QUOTES } from "./characters.js";
import { endByCounting } from "./end-by-counting.js";
import { Stop } from "./stop.js";
import { skipBracedVariable, skipHereString, skipString, type StringSource } from "./strings.js";

const CLOSING: Readonly<Record<string, string>> = { ")": "(", "}": "{", "]": "[" };
const QUOTES = SINGLE_QUOTES + DOUBLE_QUOTES;
const BLANKS = " \t\r\n\f\v\u00a0";
// what separates tokens in commands and in expressions alike, so that what follows begins a token
const SEPARATORS = `${BLANKS}(){};,|&`;
const SIGNIFICANT_IN_COMMENT = /[`'"“”„‘’‚‛(){}[\]$<@]/;
// an assignment to a variable, with a cast of what follows or none, so that what follows begins an expression, in which = and ] end a token
const ASSIGNMENT = /^[ \t]*\$[\w:.]{1,100}[ \t]*[-+*/%]?=[ \t]*(\[[\w.[\]]{1,100}\])?$/;
// an expression that goes on in the next line, where [ can be part of an argument
const CONTINUES = ",|+-*/%=&";
const DEEPEST = 30;

/** Reads a script of PowerShell from its beginning, as far as brackets, strings and comments go. */
export class ScriptReader implements StringSource {
  readonly #open: { readonly bracket: string; readonly offset: number }[] = [];
  #at: number;
  /** The last character that is neither blank nor in a comment. */
  #last = ";";
  #isLineStart = true;

  constructor(
    readonly text: string,
    start = 0,
    private readonly depth = 0,
  ) {
    this.#at = start;
    if (depth > DEEPEST) throw new Stop();
  }

  /** Throws a `Stop` if there is a fault. */
  read(): void {
    while (this.#at < this.text.length) this.#next();
    const innermost = this.#open.at(-1);
    if (innermost !== undefined) {
      const { bracket, offset } = innermost;
      throw new Stop({ offset, message: `the "${bracket}" ${this.lineAt(offset)} is not closed` });
    }
  }

  /** Reads from a bracket to the one that closes it. Returns the index after that; undefined if there is none. */
  readBracket(): number | undefined {
    do this.#next();
    while (this.#open.length > 0 && this.#at < this.text.length);
    return this.#open.length === 0 ? this.#at : undefined;
  }

  lineAt = (offset: number): string => `in line ${this.text.slice(0, offset).split("\n").length} of the script`;

  /** Skips `$(…)` in a string. It is certain where it ends if PowerShell's rules for code and a count of its parentheses agree. */
  skipSubExpression = (at: number, inHereString: boolean): number => {
    const counted = endByCounting(this.text, at + 1);
    const inner = this.text.slice(at, counted);
    const isPlain = !/["'`#@“”„‘’‚‛]/.test(inner);
    const read = this.#tryToRead(at + 1, isPlain);
    if (counted !== undefined && counted === read) return counted;
    if (counted !== undefined || read !== undefined || (!inHereString && /["“”„]{2}/.test(inner))) throw new Stop();
    throw new Stop({ offset: at, message: `the "$(" in a string ${this.lineAt(at)} is not closed` });
  };

  #tryToRead(at: number, isPlain: boolean): number | undefined {
    try {
      return new ScriptReader(this.text, at, this.depth + 1).readBracket();
    } catch (thrown) {
      if (!(thrown instanceof Stop) || isPlain || thrown.fault === undefined) throw thrown;
      return undefined;
    }
  }

  #next(): void {
    const character = this.text[this.#at] ?? "";
    if (BLANKS.includes(character)) this.#blank(character);
    else if (character === "#") this.#comment();
    else if (character === "<" && this.text[this.#at + 1] === "#") this.#blockComment();
    else {
      this.#token(character);
      this.#isLineStart = false;
      this.#last = this.text[this.#at - 1] ?? "";
    }
  }

  #blank(character: string): void {
    this.#at++;
    if (character === "\n") this.#isLineStart = !CONTINUES.includes(this.#last);
  }

  #token(character: string): void {
    const { text } = this;
    if (character === "`") this.#at += text.startsWith("\r\n", this.#at + 1) ? 3 : 2;
    else if (QUOTES.includes(character)) this.#at = skipString(this, this.#at);
    else if (character === "@" && isOneOf(text[this.#at + 1], QUOTES)) this.#atSign();
    else if (character === "$") this.#variable();
    else if (text.startsWith("--%", this.#at) && this.#isTokenStart() && /\s/.test(text[this.#at + 3] ?? " ")) this.#unparsed();
    else this.#bracketOrOther(character);
  }

  /** An @ with a quote: a here-string, or the end of a word and the quote of a string in it. */
  #atSign(): void {
    if (this.#isTokenStart() || this.#isAssigned()) this.#at = skipHereString(this, this.#at);
    // after an operator of an expression a here-string begins, in a word of a command it does not
    else if (this.text.slice(this.#at + 2, endOfLine(this.text, this.#at)).trim() === "") throw new Stop();
    else this.#at++;
  }

  #isAssigned(): boolean {
    const lineStart = this.text.lastIndexOf("\n", this.#at - 1) + 1;
    return this.#at - lineStart < 250 && ASSIGNMENT.test(this.text.slice(lineStart, this.#at));
  }

  #variable(): void {
    if (this.text[this.#at + 1] === "{") this.#at = skipBracedVariable(this.text, this.#at);
    else this.#at += isOneOf(this.text[this.#at + 1], "$?^") ? 2 : 1;
  }

  #bracketOrOther(character: string): void {
    const offset = this.#at;
    if (character === "{" && this.#skipReference()) return;
    if ("({".includes(character) || (character === "[" && this.#isExpression())) this.#open.push({ bracket: character, offset });
    else if (CLOSING[character] !== undefined) this.#close(character, CLOSING[character]);
    this.#at = offset + 1;
  }

  #close(character: string, opening: string): void {
    const innermost = this.#open.at(-1);
    if (innermost?.bracket === opening) this.#open.pop();
    else if (character !== "]") {
      const place = `the "${character}" ${this.lineAt(this.#at)}`;
      const message =
        innermost === undefined
          ? `${place} closes nothing that is open`
          : `${place} cannot close the "${innermost.bracket}" ${this.lineAt(innermost.offset)}`;
      throw new Stop({ offset: this.#at, message });
    }
  }

  /** Whether a [ here begins a type or an index, and is no part of an argument, where it needs no end. */
  #isExpression(): boolean {
    const before = this.text[this.#at - 1];
    if (this.#isLineStart || isOneOf(before, "({;")) return true;
    return /(^|[\s({;,!|&])\$[A-Za-z_]\w{0,60}$/.test(this.text.slice(Math.max(0, this.#at - 64), this.#at));
  }

  /**
   * Skips a reference whose value is not known, such as an argument. One that begins a statement can stand for any code, lines that lack
   * their end among it, so nothing is certain with it.
   */
  #skipReference(): boolean {
    const reference = /\{\{[^{}\n]*\}\}/y;
    reference.lastIndex = this.#at;
    if (!reference.test(this.text)) return false;
    if (this.#isLineStart || this.#last === ";") throw new Stop();
    this.#at = reference.lastIndex;
    return true;
  }

  #comment(): void {
    const end = endOfLine(this.text, this.#at);
    // # in the middle of a word begins no comment, and PowerShell reads words of commands and of expressions differently
    if (!this.#isTokenStart() && SIGNIFICANT_IN_COMMENT.test(this.text.slice(this.#at + 1, end))) throw new Stop();
    this.#at = end;
  }

  #blockComment(): void {
    if (!this.#isTokenStart()) throw new Stop();
    const end = this.text.indexOf("#>", this.#at + 2);
    if (end < 0) throw new Stop({ offset: this.#at, message: `the comment that begins with <# ${this.lineAt(this.#at)} is not closed` });
    this.#at = end + 2;
  }

  /** The rest of a line that goes to a program as it is. */
  #unparsed(): void {
    const end = endOfLine(this.text, this.#at);
    if (/[|&]/.test(this.text.slice(this.#at, end))) throw new Stop();
    this.#at = end;
  }

  #isTokenStart(): boolean {
    return this.#at === 0 || isOneOf(this.text[this.#at - 1], SEPARATORS);
  }
}
