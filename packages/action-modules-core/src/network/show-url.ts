import { quotePath } from "../files/show-path.js";

/** An address as it may stand in a message: quoted, not too long, without the password it may hold. */
export function quoteUrl(url: URL | string): string {
  return quotePath(withoutPassword(String(url)));
}

/** An address with the user name and password of its host left out. */
export function withoutPassword(url: string): string {
  return url.replace(/^([a-z][a-z0-9+.-]*:\/\/)[^/?#]*@/i, "$1");
}
