const DATE = /^(\d{4})-(\d\d)-(\d\d)(?:T\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(Z|[+-]\d\d:?\d\d)?)?$/;
const SHORTEST_MONTH = 28;

/** A date of ISO 8601, with or without time and zone, in milliseconds UTC; without a zone it is UTC. NaN for any other text. */
export function timeOfText(text: string): number {
  const [, year, month, day, zone] = DATE.exec(text) ?? [];
  // Date.parse accepts February 31 as a day of March
  if (day === undefined || (Number(day) > SHORTEST_MONTH && Number(day) > new Date(Date.UTC(Number(year), Number(month), 0)).getUTCDate()))
    return NaN;
  if (zone === undefined) return Date.parse(text.includes("T") ? `${text}Z` : text);
  return Date.parse(zone === "Z" ? text : text.replace(/([+-]\d\d)(\d\d)$/, "$1:$2"));
}
