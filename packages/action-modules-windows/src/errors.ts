import { quotePath } from "@imagewright/action-modules-core";
import { errorRow, errorTable, quote } from "@imagewright/diagnostics";

interface OnValue {
  readonly key: string;
  /** Empty for the default value of the key. */
  readonly name: string;
  readonly reason: string;
}

interface OfWindowsUpdate {
  readonly what: string;
  readonly problem: string;
  /** An HRESULT, such as 0x80240016. */
  readonly code: string;
  readonly hints: readonly string[];
}

/** The failures of this package's actions. */
export const windowsActionError = errorTable("action-modules-windows", {
  "program-not-run": errorRow("failed", ({ file, reason }: { readonly file: string; readonly reason: string }) => ({
    message: `${quote(file)} did not run to its end: ${reason}`,
  })),
  "not-signed": errorRow("forbidden", ({ path }: { readonly path: string }) => ({
    message: `the installer ${quotePath(path)} is not signed`,
    hints: ['set "allowUnsignedInstaller" to true if you trust its source'],
  })),
  "signature-not-valid": errorRow("forbidden", ({ path, status }: { readonly path: string; readonly status: string }) => ({
    message: `the signature of the installer ${quotePath(path)} is not valid: Windows reports ${status}`,
    hints: ['set "ignoreAuthenticodeSignatureErrors" to true if you trust its source'],
  })),
  "signature-unknown": errorRow("failed", ({ path, reason }: { readonly path: string; readonly reason: string }) => ({
    message: `cannot look at the signature of the installer ${quotePath(path)}: ${reason}`,
  })),
  "updates-failed": errorRow("failed", ({ what, problem, code, hints }: OfWindowsUpdate) => ({
    message: `Windows failed to ${what}: ${problem} (${code})`,
    hints,
  })),
  "updates-not-read": errorRow("failed", ({ what, reason }: { readonly what: string; readonly reason: string }) => ({
    message: `cannot ${what}: ${reason}`,
  })),
  "value-not-set": errorRow("failed", ({ key, name, reason }: OnValue) => ({
    message: `cannot set ${name === "" ? "the default value" : `the value ${quote(name)}`} of the key ${quote(key)}: ${reason}`,
  })),
});
