import { quotePath } from "../files/show-path.js";

/** An address for a message: quoted, not too long, without the password. */
export function quoteUrl(url: URL | string): string {
  return quotePath(withoutPassword(String(url)));
}

// values that stand for a password, as in links that are signed or have a token
const SECRET_VALUE =
  /([?&;][^=&;#]*(?:signature|token|secret|passw|credential|api[-_]?key|access[-_]?key)[^=&;#]*=|[?&;](?:sig|key|auth)=)[^&;#]*/gi;

/** An address without user name, password, and the values of its query that stand for one. */
export function withoutPassword(url: string): string {
  return url.replace(/^([a-z][a-z0-9+.-]*:\/\/)[^/?#]*@/i, "$1").replace(SECRET_VALUE, "$1***");
}
