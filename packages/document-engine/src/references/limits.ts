/** How many characters a value may have with its references resolved, all the texts of a list or mapping together. */
export const LARGEST_VALUE = 64 * 1024 * 1024;

/** What each part of a list or mapping counts for beside its text. */
export const SIZE_OF_PART = 8;

/** How many levels of lists and mappings a value may have with its references resolved; as many as a text may have. */
export const DEEPEST_VALUE = 100;
