import { createHash } from "node:crypto";

/** What a Debian parent image has besides the essential packages and apt. */
export type DebianVariant = "ec2like" | "minimal";

export const DEFAULT_VARIANT: DebianVariant = "ec2like";

/**
 * `ec2like`: what documents call as if it were always there, and what Debian's images for EC2 have for it. `minimal`: nothing more.
 * Decision 24 has the figures behind the list.
 */
export const PACKAGES_OF_VARIANTS: Readonly<Record<DebianVariant, readonly string[]>> = {
  ec2like: [
    ...["adduser", "ca-certificates", "curl", "gnupg", "iproute2", "iputils-ping", "less", "lsb-release", "netbase", "openssh-client"],
    ...["openssl", "passwd", "procps", "python3", "sudo", "systemd", "tzdata", "unzip", "wget", "xz-utils"],
  ],
  minimal: [],
};

/** The name of the cached image of a suite. It changes with the packages, so that an image with other ones is not taken for it. */
export function cachedName(suite: string, variant: DebianVariant): string {
  const packages = PACKAGES_OF_VARIANTS[variant];
  const digest = createHash("sha256").update(packages.join(" ")).digest("hex").slice(0, 8);
  return `localhost/imagewright/mmdebstrap:${suite}-${variant}${packages.length === 0 ? "" : `-${digest}`}`;
}
