import type { Comparison } from "./comparison.js";
import { isOnPath } from "./operators/binaries.js";
import { sameBoolean } from "./operators/booleans.js";
import { existsAs } from "./operators/files.js";
import { hashOf } from "./operators/hashes.js";
import { number } from "./operators/numbers.js";
import { EQUAL, GREATER, GREATER_OR_EQUAL, LESS, LESS_OR_EQUAL } from "./operators/order.js";
import { matchedBy } from "./operators/patterns.js";
import { equalTo, isEmpty, isWhitespace, ordered } from "./operators/strings.js";

/** The comparison operators of chapter 13, in its order, and of chapter 39. To add an operator, add a row. */
export const COMPARISONS: readonly Comparison[] = [
  { name: "stringIsEmpty", prepare: () => isEmpty },
  { name: "stringIsWhitespace", prepare: () => isWhitespace },
  { name: "stringEquals", testedKey: "value", prepare: equalTo },
  { name: "stringLessThan", testedKey: "value", prepare: ordered(LESS) },
  { name: "stringLessThanEquals", testedKey: "value", prepare: ordered(LESS_OR_EQUAL) },
  { name: "stringGreaterThan", testedKey: "value", prepare: ordered(GREATER) },
  { name: "stringGreaterThanEquals", testedKey: "value", prepare: ordered(GREATER_OR_EQUAL) },
  { name: "patternMatches", testedKey: "value", prepare: matchedBy },
  { name: "numberEquals", testedKey: "value", prepare: number(EQUAL) },
  { name: "numberLessThan", testedKey: "value", prepare: number(LESS) },
  { name: "numberLessThanEquals", testedKey: "value", prepare: number(LESS_OR_EQUAL) },
  { name: "numberGreaterThan", testedKey: "value", prepare: number(GREATER) },
  { name: "numberGreaterThanEquals", testedKey: "value", prepare: number(GREATER_OR_EQUAL) },
  { name: "booleanEquals", testedKey: "value", prepare: sameBoolean },
  { name: "binaryExists", prepare: () => isOnPath },
  { name: "fileExists", prepare: () => existsAs("file") },
  { name: "folderExists", prepare: () => existsAs("folder") },
  { name: "fileMD5Equals", testedKey: "path", prepare: hashOf("MD5") },
  { name: "fileSHA1Equals", testedKey: "path", prepare: hashOf("SHA1") },
  { name: "fileSHA256Equals", testedKey: "path", prepare: hashOf("SHA256") },
  { name: "fileSHA512Equals", testedKey: "path", prepare: hashOf("SHA512") },
];
