import { checkPlain } from "@imagewright/yaml-syntax";
import { expect, test } from "@jest/globals";
import { algorithmProperty } from "../web-download/checksum.js";
import { encodingProperty, parseEncoding } from "./text-encoding.js";

const meant = (schema: object, name: string) =>
  /did you mean "(.*)"\?$/.exec(checkPlain({ name }, { type: "object", properties: { name: schema } }).faults.join())?.[1];

test.each([
  ["UTF-16LE", "utf-16-LE"],
  ["utf16be", "utf-16-BE"],
  ["utf-32le", "utf-32-LE"],
  ["us-ascii", "utf-8"],
  ["ASCII", "utf-8"],
  ["Unicode", "utf-16-LE"],
  ["BigEndianUnicode", "utf-16-BE"],
  ["latin1", undefined],
])("the encoding that other programs call %s is %j", (name, expected) => {
  expect(meant(encodingProperty, name)).toBe(expected);
  if (expected !== undefined) expect(parseEncoding(expected).title).toBe(expected);
});

test.each(["sha-256", "SHA_512", "MD-5", "sha 1"])("%s is the name of a checksum with something between", (name) => {
  expect(meant(algorithmProperty, name)).toBe(name.toUpperCase().replace(/[^A-Z0-9]/, ""));
});
