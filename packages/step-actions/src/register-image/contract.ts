import type { StepActionContract } from "@imagewright/workflow-engine";
import { ANY_WORKFLOW, members, TEXT } from "../common-parts.js";
import { minutes } from "../minutes.js";

/** Source: guide chapter 38, newer edition. */
export const registerImageContract: StepActionContract = {
  name: "RegisterImage",
  summary: "Registers an image from snapshots.",
  workflowTypes: ANY_WORKFLOW,
  input: members({
    architecture: { type: "string", enum: ["i386", "x86_64", "arm64", "x86_64_mac", "arm64_mac"] },
    blockDeviceMapping: { type: "array", items: { type: "object" }, description: "Devices, as the RegisterImage call of EC2 has them." },
    bootMode: { type: "string", enum: ["legacy-bios", "uefi", "uefi-preferred"] },
    description: TEXT,
    enaSupport: { type: "boolean" },
    imageLocation: { ...TEXT, description: "The place of the manifest of an image in S3." },
    imdsSupport: { type: "string", enum: ["v2.0"] },
    includeSnapshotTags: { type: "boolean", default: false, description: "Whether the image gets the tags of the first snapshot." },
    kernelId: TEXT,
    ramdiskId: TEXT,
    rootDeviceName: TEXT,
    sriovNetSupport: TEXT,
    tpmSupport: { type: "string", enum: ["v2.0"] },
    uefiData: TEXT,
    virtualizationType: { type: "string", enum: ["hvm", "paravirtual"] },
  }),
  outputs: { imageId: { type: "string", description: "The id of the image." } },
  timeoutSeconds: { default: minutes(540), maximum: minutes(720) },
};
