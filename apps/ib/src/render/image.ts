import type { ImageManifest } from "@imagewright/image-build";
import { formatSeconds } from "./duration.js";
import type { Palette } from "./palette.js";
import { shellWord } from "./shell-word.js";

/** The summary of a build: where the image is and how to use it. */
export function describeImage(manifest: ImageManifest, palette: Palette): string {
  const { name, version, buildVersion, durations, elapsedSeconds, tag, ociLayout, digest, logFolder, engine } = manifest;
  const done = durations["test"] === undefined ? "built" : "built and tested";
  return [
    "",
    palette.green(palette.bold(`${name} ${version}/${buildVersion} is ${done} in ${formatSeconds(elapsedSeconds)}`)),
    `  image     ${tag} (in the store of ${engine})`,
    `  layout    ${ociLayout}`,
    `  digest    ${digest}`,
    `  manifest  ${ociLayout.replace(/oci$/, "image.json")}`,
    `  logs      ${logFolder}`,
    "",
    "look inside:",
    `  ${lookInside(engine, tag)}`,
    "copy it elsewhere:",
    `  skopeo copy ${shellWord(`oci:${ociLayout}`)} docker://REGISTRY/${name.toLowerCase().replaceAll(" ", "-")}:${version}-${buildVersion}`,
    "",
  ].join("\n");
}

function lookInside(engine: string, tag: string): string {
  if (engine === "buildah") return `ctr=$(buildah from ${tag}) && buildah run --isolation chroot "$ctr" bash; buildah rm "$ctr"`;
  return `${engine} run --rm -it ${tag} bash`;
}
