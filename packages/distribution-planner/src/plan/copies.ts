import type { AmiBuild } from "../build/build-schema.js";
import type { AmiDistribution } from "../settings/settings-schema.js";
import type { PlannedImage } from "./planned-distribution.js";
import type { Destination } from "./destinations.js";
import type { GraphBuilder } from "./graph-builder.js";
import type { OperationInputs } from "./operation.js";

/** What the copies of one distribution have in common. */
interface Copy {
  readonly ami: AmiDistribution | undefined;
  /** Its place in the settings, as text. */
  readonly path: string;
  /** The name of the AMI, with its variables replaced. */
  readonly name: string;
  readonly build: AmiBuild;
  /** By account: the operation that grants it access, and the waits for its copies. */
  readonly access: Map<string, { readonly grant: string; readonly waits: string[] }>;
}

/** Adds the copy of an AMI and the wait for it; adds nothing for the AMI that was built. */
export function addCopy(graph: GraphBuilder, copy: Copy, destination: Destination): PlannedImage {
  const { build, path } = copy;
  if (destination.built) return { destination, image: { imageId: build.ami.id }, ready: [], prepared: [] };
  const across = destination.accountId === build.accountId ? undefined : accessOf(graph, copy, destination.accountId);
  const place = { region: destination.region, accountId: destination.accountId, setting: `${path}.amiDistributionConfiguration` };
  const copied = graph.add("copy-ami", place, copyInput(copy, destination), across === undefined ? [] : [across.grant]);
  const wait = graph.add("wait-for-ami", place, { image: { resultOf: copied } }, [copied]);
  across?.waits.push(wait);
  return { destination, image: { resultOf: copied }, ready: [wait], prepared: [wait] };
}

function accessOf(graph: GraphBuilder, { build, access, path }: Copy, accountId: string) {
  const known = access.get(accountId);
  if (known !== undefined) return known;
  const place = {
    region: build.region,
    accountId: build.accountId,
    key: accountId,
    setting: `${path}.amiDistributionConfiguration.targetAccountIds`,
  };
  const input = { imageId: build.ami.id, snapshotIds: build.ami.snapshots ?? [], toAccountId: accountId };
  const added = { grant: graph.add("grant-access", place, input), waits: [] };
  access.set(accountId, added);
  return added;
}

function copyInput({ ami, name, build }: Copy, destination: Destination): OperationInputs["copy-ami"] {
  const description = ami?.description ?? build.ami.description;
  return {
    imageId: build.ami.id,
    fromRegion: build.region,
    fromAccountId: build.accountId,
    name,
    ...(description === undefined ? {} : { description }),
    encrypted: destination.encryption !== "none",
    ...(ami?.kmsKeyId === undefined ? {} : { kmsKeyId: ami.kmsKeyId }),
  };
}
