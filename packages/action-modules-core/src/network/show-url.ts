import { quotePath } from "../files/show-path.js";

/** An address for a message: quoted, not too long, without the password. */
export function quoteUrl(url: URL | string): string {
  return quotePath(withoutPassword(String(url)));
}

/** An address without user name and password. */
export function withoutPassword(url: string): string {
  return url.replace(/^([a-z][a-z0-9+.-]*:\/\/)[^/?#]*@/i, "$1");
}
