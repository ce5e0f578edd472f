import type { InputFault, PropertySchema } from "@imagewright/action-contract";
import { quote } from "@imagewright/diagnostics";

/** An expected checksum. */
export interface ExpectedChecksum {
  readonly algorithm: Algorithm;
  /** Lower-case hexadecimal digits. */
  readonly digits: string;
}

// number of hexadecimal digits
const LENGTHS = { MD5: 32, SHA1: 40, SHA256: 64, SHA512: 128 } as const;

type Algorithm = keyof typeof LENGTHS;

/** The schema of the `algorithm` input. */
export const algorithmProperty = {
  type: "string",
  pattern: "^([Mm][Dd]5|[Ss][Hh][Aa](1|256|512))$",
  patternDescription: "MD5, SHA1, SHA256 or SHA512, in upper or lower case",
  otherNames: { md5: "MD5", sha1: "SHA1", sha256: "SHA256", sha512: "SHA512" },
  description: "How the checksum is calculated: MD5, SHA1, SHA256 or SHA512, in upper or lower case.",
} as const satisfies PropertySchema;

/** A fault for a checksum that is invalid for the algorithm. */
export function checksumFaults(checksum: string | undefined, algorithm: string | undefined): InputFault[] {
  if (checksum === undefined || algorithm === undefined) return [];
  const name = algorithm.toUpperCase();
  // the schema reports other algorithms
  if (!isAlgorithm(name) || new RegExp(`^[0-9a-f]{${LENGTHS[name]}}$`, "i").test(checksum.trim())) return [];
  return [
    { path: ["checksum"], message: `"checksum" must have the ${LENGTHS[name]} hexadecimal digits of ${name}; found ${quote(checksum)}` },
  ];
}

/** The checksum to verify; undefined unless both inputs are given. */
export function expectedChecksum(checksum: string | undefined, algorithm: string | undefined): ExpectedChecksum | undefined {
  const name = algorithm?.toUpperCase() ?? "";
  return checksum === undefined || !isAlgorithm(name) ? undefined : { algorithm: name, digits: checksum.trim().toLowerCase() };
}

function isAlgorithm(name: string): name is Algorithm {
  return Object.hasOwn(LENGTHS, name);
}
