import type { BaseImage } from "./catalogue.js";

const debian = (version: string, suite: string): BaseImage => ({
  ...{ name: `debian-${version}-x86`, platform: "Linux", osVersion: `Debian GNU/Linux ${version}` },
  ...{ suite, parentImage: `mmdebstrap:${suite}`, description: `Debian ${version} (${suite}) for 64-bit PCs` },
});

/** The base images, under names in the form of the service's own: system, version, architecture. */
export const BASE_IMAGES: readonly BaseImage[] = [debian("12", "bookworm"), debian("13", "trixie")];
