import { count, joinSafe, quote, type SafeText, type Styles } from "@imagewright/diagnostics";
import { wasTested, type ImageManifest } from "@imagewright/image-build";
import { formatSeconds } from "./duration.js";
import { copyElsewhere, lookInside, type ImageUse } from "./use-image.js";

/** The summary of a build: where the image is and how to use it. */
export function describeImage(manifest: ImageManifest, use: ImageUse, styles: Styles): SafeText {
  const { name, version, buildVersion, workflows, elapsedSeconds, tag, ociLayout, digest, logFolder } = manifest;
  const tests = workflows.filter(({ type, status }) => type === "TEST" && status !== "SKIPPED");
  // those that the recipe lets fail
  const failed = tests.filter(({ status }) => status !== "COMPLETED").map((test) => quote(test.name));
  const done = failed.length === 0 && wasTested(manifest) ? "built and tested" : "built";
  const lines = [
    "",
    styles.green(styles.bold(`${name} ${version}/${buildVersion} is ${done} in ${formatSeconds(elapsedSeconds)}`)),
    ...(failed.length === 0
      ? []
      : [styles.yellow(`  ${failed.length} of ${count(tests.length, "test workflow")} failed: ${failed.join(", ")}`)]),
    `  image     ${tag} (in ${use.sudo ? "root's" : "the"} store of ${use.engine})`,
    `  layout    ${ociLayout}`,
    `  digest    ${digest}`,
    `  manifest  ${ociLayout.replace(/oci$/, "image.json")}`,
    `  logs      ${logFolder}`,
    "",
    "look inside:",
    `  ${lookInside(tag, use)}`,
    "copy it elsewhere:",
    `  ${copyElsewhere(tag, `${name.toLowerCase().replaceAll(" ", "-")}:${version}-${buildVersion}`, use)}`,
    "",
  ];
  return joinSafe(lines, "\n");
}
