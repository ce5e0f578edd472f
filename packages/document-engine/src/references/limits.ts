/** The maximum length of a resolved value in characters, all the texts of a list or mapping together. */
export const LARGEST_VALUE = 64 * 1024 * 1024;

/** The cost of each part of a list or mapping in addition to its text. */
export const SIZE_OF_PART = 8;

/** The maximum number of levels of lists and mappings in a resolved value; the same as in a text. */
export const DEEPEST_VALUE = 100;
