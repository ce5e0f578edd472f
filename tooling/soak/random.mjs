import { createHash } from "node:crypto";

/** Random numbers from 0 up to, not including, 1, which are the same each time for one seed, proof and attempt. */
export function randomOf(...parts) {
  let count = 0;
  return () => {
    const hash = createHash("sha256").update(JSON.stringify([...parts, count++]));
    return hash.digest().readUInt32BE(0) / 2 ** 32;
  };
}
