import { errorRow, errorTable, listOf, quote } from "@imagewright/diagnostics";
import type { RegistryFault } from "./registries/registry-fault.js";

/** The errors of distributions. */
export const distributionError = errorTable("distribution", {
  "no-adapter": errorRow("unavailable", (of: { kind: string; summary: string; setting: string; available: readonly string[] }) => ({
    message: `nothing here can ${of.summary}, as ${of.setting} asks for: no adapter does ${quote(of.kind)}; there are ${listOf(of.available)}`,
  })),
  "no-result": errorRow("failed", ({ id, of }: { id: string; of: string }) => ({
    message: `the operation ${quote(id)} needs what ${quote(of)} gives, which is nothing`,
  })),
  "no-registry": errorRow("invalid", ({ region, available }: { region: string; available: readonly string[] }) => ({
    message: `no registry is set for the Region ${quote(region)}; allowed: ${available.length === 0 ? "none, as none is set" : listOf(available)}`,
  })),
  "address-invalid": errorRow("invalid", ({ address, problem }: { address: string; problem: string }) => ({
    message: `${quote(address)} is no address of a registry: ${problem}; allowed: HOST, HOST:PORT, or one of them with a path behind it`,
  })),
  "registry-refused": errorRow("failed", ({ repository, fault, said }: { repository: string; fault: RegistryFault; said: string }) => ({
    message: `the registry of ${quote(repository)} ${FAULTS[fault].text}: ${said}`,
    hints: FAULTS[fault].hints ?? [],
  })),
  "skopeo-missing": errorRow("unavailable", ({ reason }: { reason: string }) => ({
    message: `skopeo, which talks to registries, cannot be started: ${reason}`,
    hints: ["install it: apt-get install skopeo"],
  })),
});

const FAULTS: Readonly<Record<RegistryFault, { readonly text: string; readonly hints?: readonly string[] }>> = {
  unauthorized: {
    text: "wants other credentials",
    hints: ["log in with podman login, buildah login or skopeo login, as the user who distributes"],
  },
  missing: { text: "does not have it" },
  throttled: { text: "was asked too often" },
  unreachable: { text: "cannot be reached" },
  "not-trusted": { text: "has a certificate that is not trusted", hints: ["name the folder with its authority in the settings"] },
  silent: { text: "did not answer in time" },
  failed: { text: "has failed" },
  "not-allowed": { text: "does not allow it" },
};
