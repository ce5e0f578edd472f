import { matchesWildcards } from "@imagewright/action-modules-core";

/** An update that is not installed. */
export interface AvailableUpdate {
  readonly id: string;
  readonly title: string;
  /** The numbers of its articles, without KB. */
  readonly articles: readonly string[];
  /** Whether its installation asks questions, which nobody can answer. */
  readonly asks: boolean;
}

export interface UpdateLists {
  readonly include?: readonly string[] | undefined;
  readonly exclude?: readonly string[] | undefined;
}

/** The updates of `include`, or all if that is empty, without those of `exclude` (guide chapter 19). */
export function chooseUpdates(
  updates: readonly AvailableUpdate[],
  { include = [], exclude = [] }: UpdateLists,
): readonly AvailableUpdate[] {
  return updates.filter(
    (update) => (include.length === 0 || include.some((item) => matches(item, update))) && !exclude.some((item) => matches(item, update)),
  );
}

/** Whether an item of the lists means an update: by the number of an article, or by its title, in any case. */
export function matches(item: string, { title, articles }: AvailableUpdate): boolean {
  const names = articles.map((article) => `KB${article}`);
  if (item.includes("*")) return [title, ...names].some((name) => matchesWildcards(item.toLowerCase(), name.toLowerCase()));
  const number = item.replace(/^kb/i, "");
  // the articles of some updates are in their titles alone
  return articles.includes(number) || words(title).includes(`kb${number.toLowerCase()}`);
}

function words(title: string): readonly string[] {
  return title.toLowerCase().match(/\w+/g) ?? [];
}
