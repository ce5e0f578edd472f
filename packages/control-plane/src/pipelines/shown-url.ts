/** Whether an address has a password or a query, which may be a key. */
export function isUrlWithSecrets(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const { username, password, search } = new URL(address);
  return username !== "" || password !== "" || search !== "";
}

/** The address without them. */
export function withoutSecrets(address: string): string {
  const url = new URL(address);
  [url.username, url.password, url.search, url.hash] = ["", "", "", ""];
  return url.href;
}
