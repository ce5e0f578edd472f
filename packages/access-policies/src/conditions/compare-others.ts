import type { Comparison } from "./value-test.js";

const isBoolean = (text: string) => /^(true|false)$/i.test(text);

export const compareBooleans: Comparison = {
  allowed: '"true" or "false"',
  prepare(value) {
    const wanted = value.toLowerCase();
    return isBoolean(value) ? (found) => found.toLowerCase() === wanted : undefined;
  },
};

/** Bytes, written in base64. */
export const compareBinary: Comparison = {
  allowed: "bytes in base64",
  prepare: (value) =>
    /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(value) ? (found) => found === value : undefined,
};
