// the schemas are part of the code, and tests check them; checking them here would compile the meta-schema in every process, which takes
// most of the time of a first check
export const VALIDATOR_OPTIONS = { strict: true, allowUnionTypes: true, useDefaults: true, validateSchema: false, meta: false } as const;

/** For checks that find out only whether there is a fault: less than half of the code to compile. */
export const VALIDITY_OPTIONS = { ...VALIDATOR_OPTIONS, messages: false } as const;

/** Keywords that only explain. */
export const VOCABULARY = ["patternDescription", "otherNames", "optionBefore"];
