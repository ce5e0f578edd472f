import type { LifecycleImage } from "../images/image.js";
import type { Decision, ResourcePlan } from "./decision.js";
import { placeOfArn } from "./image-arn.js";
import type { DatedRule } from "./image-decision.js";
import { decideAmi, decideContainer, decideItself, decideSnapshot, isKeptAgainst, type KeptResource } from "./resource-decisions.js";
import { quoted } from "./words.js";

/** What a policy does to one image and to each of its resources. */
export interface ImagePlan {
  readonly image: LifecycleImage;
  /** The image itself first; then each AMI with its snapshots after it, then container images. */
  readonly resources: readonly ResourcePlan[];
}

/** An image that stays as it is with all that belongs to it. */
export function keptImage(image: LifecycleImage, decisions: readonly Decision[]): ImagePlan {
  return { image, resources: collect(image, () => decisions) };
}

/** An image on which a rule acts: what each rule decides about each of its resources. */
export function ruledImage(image: LifecycleImage, rules: readonly DatedRule[], decisions: readonly Decision[]): ImagePlan {
  // a copy for each resource: what a rule that acts decides about it is put in place of what it decides about the image
  const resources = collect(image, () => decisions.slice());
  for (let place = 0; place < rules.length; place++) {
    const decision = decisions[place] as Decision;
    if (decision.action !== "KEEP") decideAll(rules[place] as DatedRule, image, decision, resources, place);
  }
  return { image, resources };
}

type Collected<Decisions> = Omit<ResourcePlan, "decisions"> & { readonly decisions: Decisions };

function collect<Decisions>(image: LifecycleImage, decisions: () => Decisions): Collected<Decisions>[] {
  const { region, accountId } = placeOfArn(image.arn);
  // made in its full size: arrays that grow take several times the room, and there is one for each image
  const resources = new Array<Collected<Decisions>>(countResources(image));
  resources[0] = { kind: "image", id: image.arn, region, accountId, decisions: decisions() };
  let next = 1;
  for (const ami of image.amis) {
    const owner = ami.accountId ?? accountId;
    resources[next++] = { kind: "ami", id: ami.id, region: ami.region, accountId: owner, decisions: decisions() };
    for (const { id } of ami.snapshots) resources[next++] = { kind: "snapshot", id, region: ami.region, accountId: owner, decisions: decisions() };
  }
  for (const { region, imageUris } of image.containers) {
    for (const id of imageUris) resources[next++] = { kind: "container", id, region, accountId, decisions: decisions() };
  }
  return resources;
}

function countResources({ amis, containers }: LifecycleImage): number {
  let count = 1 + amis.length;
  for (const { snapshots } of amis) count += snapshots.length;
  for (const { imageUris } of containers) count += imageUris.length;
  return count;
}

/** Sets the decisions of one rule in the order of `collect`; that about the image is made last, as it depends on the others. */
function decideAll(dated: DatedRule, image: LifecycleImage, decision: Decision, resources: readonly Collected<Decision[]>[], place: number): void {
  let [next, kept] = [1, undefined as KeptResource | undefined];
  const set = (made: Decision) => void ((resources[next++] as Collected<Decision[]>).decisions[place] = made);
  for (const ami of image.amis) {
    const forAmi = decideAmi(dated, image, ami, decision);
    if (isKeptAgainst(forAmi)) kept ??= { what: `AMI ${quoted(ami.id)} in ${quoted(ami.region)}`, reason: forAmi.reason };
    set(forAmi);
    for (const snapshot of ami.snapshots) set(decideSnapshot(dated, ami, snapshot, forAmi, decision));
  }
  for (const container of image.containers) {
    const made = decideContainer(dated, container, decision);
    for (const uri of container.imageUris) {
      if (isKeptAgainst(made)) kept ??= { what: `container image ${quoted(uri)}`, reason: made.reason };
      set(made);
    }
  }
  next = 0;
  set(decideItself(dated.rule.action, image, decision, kept));
}
