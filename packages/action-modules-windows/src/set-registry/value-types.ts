import type { InputFault } from "@imagewright/action-contract";
import { quote } from "@imagewright/diagnostics";

type Value = string | readonly string[];
export type ValueType = (typeof VALUE_TYPES)[number];

/** The types of registry values, as listed in chapter 19 of the guide. */
export const VALUE_TYPES = ["BINARY", "DWORD", "EXPAND_SZ", "MULTI_SZ", "QWORD", "SZ"] as const;

/** What PowerShell and .NET, the registry editor and the headers of Windows call them. */
export const OTHER_TYPE_NAMES = {
  string: "SZ",
  stringvalue: "SZ",
  expandstring: "EXPAND_SZ",
  expandablestring: "EXPAND_SZ",
  expandablestringvalue: "EXPAND_SZ",
  multistring: "MULTI_SZ",
  multistringvalue: "MULTI_SZ",
  binaryvalue: "BINARY",
  dword32bitvalue: "DWORD",
  regdwordlittleendian: "DWORD",
  qword64bitvalue: "QWORD",
  regqwordlittleendian: "QWORD",
} as const satisfies Readonly<Record<string, ValueType>>;

/** Faults of a value that is not allowed for its type. */
export function valueFaults(value: Value, type: ValueType): InputFault[] {
  switch (type) {
    case "BINARY":
      return binaryFaults(value);
    case "DWORD":
      return numberFaults(value, type, 2n ** 32n - 1n);
    case "QWORD":
      return numberFaults(value, type, 2n ** 64n - 1n);
    case "SZ":
    case "EXPAND_SZ":
      return typeof value === "string" ? [] : [atValue(type, "one text", "a list", { help: "the type for a list of texts is MULTI_SZ" })];
    case "MULTI_SZ":
      return emptyTextFaults(value);
  }
}

/** A number in decimal digits or, after 0x, hexadecimal ones. A fraction is allowed, as in the guide's example, and ignored. */
function numberFaults(value: Value, type: ValueType, largest: bigint): InputFault[] {
  const expected = `a number from 0 to ${largest}`;
  if (typeof value !== "string") return [atValue(type, expected, "a list")];
  const number = /^(0x[0-9a-f]+$|\d+(?=$|\.\d+$))/i.exec(value)?.[1];
  return number !== undefined && BigInt(number) <= largest ? [] : [atValue(type, expected, quote(value))];
}

function binaryFaults(value: Value): InputFault[] {
  if (typeof value === "string")
    return /^([0-9a-f]{2})*$/i.test(value.replace(/[\s,]/g, ""))
      ? []
      : [atValue("BINARY", "two hexadecimal digits for each byte", quote(value))];
  return value.flatMap((item, index) =>
    /^(\d{1,3}|0x[0-9a-f]{1,2})$/i.test(item) && Number(item) <= 255
      ? []
      : { path: ["value", index], message: `each item of "value" of the type BINARY must be a byte from 0 to 255; found ${quote(item)}` },
  );
}

/** One text is a list of one. An empty text would end the list for Windows. */
function emptyTextFaults(value: Value): InputFault[] {
  if (typeof value === "string") return [];
  const at = value.indexOf("");
  return at < 0 ? [] : [{ path: ["value", at], message: '"value" of the type MULTI_SZ cannot contain an empty text' }];
}

function atValue(type: ValueType, expected: string, found: string, more: Pick<InputFault, "help"> = {}): InputFault {
  return { path: ["value"], message: `"value" of the type ${type} must be ${expected}; found ${found}`, ...more };
}
