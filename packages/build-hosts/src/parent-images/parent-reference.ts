import { quote, unknownName } from "@imagewright/diagnostics";
import { whyNotImageName } from "../names.js";
import { DEFAULT_VARIANT, PACKAGES_OF_VARIANTS, type DebianVariant } from "./debian-variants.js";

/** A parent image as recipes and `--in` name it. */
export type ParentReference =
  | { readonly kind: "debian"; readonly suite: string; readonly variant: DebianVariant }
  /** A folder with an OCI image layout, and perhaps a tag behind a colon. */
  | { readonly kind: "layout"; readonly place: string }
  | { readonly kind: "name"; readonly name: string };

/** What is wrong with the text of a reference. */
export interface ParentReferenceFault {
  /** A clause: what was found, and what is allowed. */
  readonly reason: string;
  readonly hint: string;
}

/** Reads `mmdebstrap:SUITE[/VARIANT]`, `oci:FOLDER[:TAG]` or the name of an image. What the last two lead to is not looked at. */
export function parseParentReference(reference: string): ParentReference | ParentReferenceFault {
  const [, scheme, rest = ""] = /^(mmdebstrap|oci):(.*)$/s.exec(reference) ?? [];
  if (scheme === "oci") return { kind: "layout", place: rest };
  return scheme === undefined ? { kind: "name", name: reference } : parseDebian(rest);
}

/** The fault in the text of a reference; undefined if it has none. */
export function checkParentReference(reference: string): ParentReferenceFault | undefined {
  const parsed = parseParentReference(reference);
  if ("reason" in parsed) return parsed;
  const reason = parsed.kind === "name" ? whyNotImageName(parsed.name) : undefined;
  if (reason === undefined) return undefined;
  return { reason: `${quote(reference)} is not the name of an image: ${reason}`, hint: "write it as in docker.io/library/debian:12" };
}

function parseDebian(rest: string): ParentReference | ParentReferenceFault {
  const [suite = "", ...variants] = rest.split("/");
  if (!/^[a-z][a-z0-9.-]*$/.test(suite))
    return { reason: `${quote(suite)} is not the name of a Debian suite`, hint: "write it as in mmdebstrap:bookworm" };
  const variant = variants.length === 0 ? DEFAULT_VARIANT : variants.join("/");
  return isVariant(variant)
    ? { kind: "debian", suite, variant }
    : {
        reason: unknownName("variant", variant, Object.keys(PACKAGES_OF_VARIANTS)),
        hint: `write mmdebstrap:${suite}, or mmdebstrap:${suite}/minimal for a system with little more than apt`,
      };
}

function isVariant(name: string): name is DebianVariant {
  return Object.hasOwn(PACKAGES_OF_VARIANTS, name);
}
