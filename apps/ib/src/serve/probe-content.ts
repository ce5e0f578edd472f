import { webFingerprint } from "@imagewright/action-modules-core";
import { createParameterSource, objectFingerprint } from "@imagewright/aws";
import { readDebianPackages } from "@imagewright/build-hosts";
import { awsSettings, stepEnvironment, type Configuration } from "@imagewright/configuration";
import type { ContentProbe } from "@imagewright/control-plane";
import { createNodeHost } from "@imagewright/node-host";

/**
 * How what pipelines depend on is looked at outside of the database, as builds reach it: addresses through the proxies of the environment,
 * and only public ones if the configuration forbids others; S3 and parameters with the AWS settings; the Debian mirror of `ib serve`.
 */
export function contentProbe(configuration: Configuration, mirror: string | undefined): ContentProbe {
  const aws = awsSettings(configuration);
  const host = createNodeHost();
  const environment = stepEnvironment(configuration, process.env);
  return async ({ kind, place }, signal) => {
    switch (kind) {
      case "package-sources":
        if (mirror === "none") throw new Error("the Debian mirror is none");
        return readDebianPackages(place, { mirror, signal });
      case "download":
        return webFingerprint(place, { environment, host, signal });
      case "object":
        return objectFingerprint(place, aws, signal);
      case "parameter":
        return (await createParameterSource({ aws }).get([place])).get(place)?.value ?? "";
    }
  };
}
