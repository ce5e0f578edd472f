/**
 * The version of the events and the result that this package writes. The minor version rises with what is added, which older readers skip;
 * the major version rises with what they would misunderstand.
 */
export const PROTOCOL = "1.0";

/** A job that speaks another major version of the protocol. */
export interface OtherProtocol {
  /** As the job wrote it, without control characters. */
  readonly found: string;
  readonly supported: string;
}

export interface ProtocolVersion {
  readonly major: number;
  readonly minor: number;
}

/** The parts of `1.0`; undefined if it is not a version. */
export function parseProtocol(text: unknown): ProtocolVersion | undefined {
  const [, major, minor] = (typeof text === "string" && /^(\d{1,4})\.(\d{1,4})$/.exec(text)) || [];
  return major === undefined ? undefined : { major: Number(major), minor: Number(minor) };
}

export const SUPPORTED = parseProtocol(PROTOCOL) as ProtocolVersion;
