import { buildHostError } from "../errors.js";
import type { Capabilities } from "../port/capabilities.js";
import type { ImageOutput } from "../port/image-output.js";
import type { LaunchSpec } from "../port/launch-spec.js";

/** What container engines can do. */
export const CONTAINER_CAPABILITIES: Capabilities = { machines: ["container"], images: ["oci"], restart: "processes", launchSettings: [] };

/** The spec as one of a kind that the host can launch. Throws not-supported, before anything is made. */
export function requireLaunch<Kind extends LaunchSpec["kind"]>(
  host: string,
  capabilities: Capabilities,
  spec: LaunchSpec,
  kind: Kind,
): Extract<LaunchSpec, { kind: Kind }> {
  if (spec.kind !== kind || !capabilities.machines.includes(kind))
    throw buildHostError("not-supported", { host, wanted: `launch a ${spec.kind}`, allowed: capabilities.machines });
  return spec as Extract<LaunchSpec, { kind: Kind }>;
}

/** The output as one of a kind that the host can create. */
export function requireOutput<Kind extends ImageOutput["kind"]>(
  host: string,
  capabilities: Capabilities,
  output: ImageOutput,
  kind: Kind,
): Extract<ImageOutput, { kind: Kind }> {
  if (output.kind !== kind || !capabilities.images.includes(kind))
    throw buildHostError("not-supported", { host, wanted: `create an image of kind ${output.kind}`, allowed: capabilities.images });
  return output as Extract<ImageOutput, { kind: Kind }>;
}
