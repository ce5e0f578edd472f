import { PLATFORM_TITLES, type ActionContract, type ActionRegistry, type Platform } from "@imagewright/action-contract";
import type { Diagnostic } from "@imagewright/diagnostics";

/** The contract of an action on one platform. */
export interface PlatformContract {
  readonly platform: Platform;
  readonly action: ActionContract<unknown>;
}

/** The contracts of an action on those of the platforms that have it. */
export function contractsOf(name: string, registry: ActionRegistry, platforms: readonly Platform[]): readonly PlatformContract[] {
  return platforms.flatMap((platform) => {
    const action = registry.get(name, platform);
    return action === undefined ? [] : { platform, action };
  });
}

type PlacedMessage = Pick<Diagnostic, "message"> & Partial<Diagnostic>;

/** The faults found on the platforms. A fault of all of them is reported once; the message of any other names its platforms. */
export function faultsOnPlatforms<Fault extends PlacedMessage>(
  contracts: readonly PlatformContract[],
  check: (contract: PlatformContract) => readonly Fault[],
): readonly Fault[] {
  const [only] = contracts;
  if (contracts.length === 1 && only !== undefined) return check(only);
  const found = new Map<string, { readonly fault: Fault; readonly titles: Set<string> }>();
  for (const contract of contracts) {
    for (const fault of check(contract)) {
      const key = `${fault.span?.start} ${fault.code} ${fault.message}`;
      const known = found.get(key) ?? { fault, titles: new Set() };
      known.titles.add(PLATFORM_TITLES[contract.platform]);
      found.set(key, known);
    }
  }
  return [...found.values()].map(({ fault, titles }) =>
    titles.size === contracts.length ? fault : { ...fault, message: `on ${[...titles].join(" and ")}: ${fault.message}` },
  );
}
