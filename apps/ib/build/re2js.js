import { createRequire } from "node:module";

// Stands in for the package of this name in the bundle: an eighth of all code that a command on documents would read at its start, for the
// few documents that compare with a pattern. The package itself is a dependency of ib.
const load = createRequire(import.meta.url);
const re2js = () => load("re2js");

export const RE2JS = {
  get CASE_INSENSITIVE() {
    return re2js().RE2JS.CASE_INSENSITIVE;
  },
  compile: (...words) => re2js().RE2JS.compile(...words),
  [Symbol.hasInstance]: (value) => value instanceof re2js().RE2JS,
};

export const RE2JSSyntaxException = {
  [Symbol.hasInstance]: (value) => value instanceof re2js().RE2JSSyntaxException,
};
