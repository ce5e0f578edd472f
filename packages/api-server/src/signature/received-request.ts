/** A request as it arrived, before anything is interpreted. */
export interface ReceivedRequest {
  readonly method: string;
  /** The path as sent: encoded, without the query. */
  readonly path: string;
  /** The parameters of the query in their order, decoded. */
  readonly query: readonly QueryParameter[];
  /** All values of each header in their order, by the name in small letters. */
  readonly headers: ReadonlyMap<string, readonly string[]>;
  readonly body: Buffer;
}

export type QueryParameter = readonly [name: string, value: string];

/** The values of a header as one text. Undefined if the request does not have it. */
export function headerOf({ headers }: Pick<ReceivedRequest, "headers">, name: string): string | undefined {
  return headers.get(name)?.join(",");
}

/** The first parameter of the query with this name. */
export function parameterOf({ query }: Pick<ReceivedRequest, "query">, name: string): string | undefined {
  return query.find(([other]) => other === name)?.[1];
}

/** The headers by their names in small letters, from the list of names and values that Node has. */
export function collectHeaders(raw: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const headers = new Map<string, string[]>();
  for (let index = 0; index < raw.length; index += 2) {
    const [name, value] = [raw[index]?.toLowerCase() ?? "", raw[index + 1] ?? ""];
    const values = headers.get(name);
    if (values === undefined) headers.set(name, [value]);
    else values.push(value);
  }
  return headers;
}
