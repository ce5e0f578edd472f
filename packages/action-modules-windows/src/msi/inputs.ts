import type { InputFault, InputOf } from "@imagewright/action-contract";
import { fileNameFaults } from "@imagewright/action-modules-core";
import { packageFaults } from "./package-faults.js";
import { propertyFaults } from "./property-faults.js";

/** The inputs of InstallMSI and UninstallMSI, which are the same (chapter 18 of the guide). */
export const msiSchema = {
  type: "object",
  properties: {
    path: {
      type: "string",
      minLength: 1,
      description: "The MSI file: a path, s3://BUCKET/KEY, or an address that begins with http:// or https://.",
    },
    reboot: {
      type: "string",
      enum: ["Allow", "Force", "Skip"],
      // the property REBOOT has ReallySuppress and Suppress
      otherNames: { always: "Force", never: "Skip", no: "Skip", false: "Skip", reallysuppress: "Skip", suppress: "Skip" },
      default: "Allow",
      description: "Whether the machine restarts afterwards: Allow where the installer asks for it, Force always, Skip never.",
    },
    logOptions: {
      type: "string",
      pattern: "^[iwearucmopvxIWEARUCMOPVX+!*]*$",
      patternDescription: "flags of the option /L of msiexec, out of i w e a r u c m o p v x + ! *",
      optionBefore: "/L",
      default: "*VX",
      description: "What the log of the installer has, as flags of the option /L of msiexec; an empty text stands for the default.",
    },
    logFile: {
      type: "string",
      minLength: 1,
      description: "Where the log of the installer goes; missing folders are created. Without it, no log is kept.",
    },
    properties: {
      type: "object",
      additionalProperties: { type: "string" },
      description: "Properties of the installer by name, such as TARGETDIR.",
    },
    ignoreAuthenticodeSignatureErrors: {
      type: "boolean",
      default: false,
      description: "Whether the installer also runs where its signature is not valid.",
    },
    allowUnsignedInstaller: { type: "boolean", default: false, description: "Whether the installer also runs where it has no signature." },
  },
  required: ["path"],
  additionalProperties: false,
} as const;

export const msiOutputs = {
  stdout: "What msiexec printed on standard output.",
  logFile: "Where the log of the installer is, as the input has it.",
  msiExitCode: "The exit code of msiexec.",
} as const;

/** Faults of the inputs that the schema cannot express. */
export function msiFaults({ path, logFile, properties }: InputOf<typeof msiSchema>): InputFault[] {
  return [
    ...packageFaults(path),
    ...(logFile === undefined ? [] : fileNameFaults("logFile", logFile, "windows")),
    ...propertyFaults(properties ?? {}),
  ];
}
