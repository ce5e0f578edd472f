import type { ImageStatus } from "@imagewright/imagebuilder-model";
import type { LifecycleAmi, LifecycleImage } from "../images/image.js";
import type { LifecycleDecision, ResourcePlan } from "./decision.js";
import type { ImagePlace } from "./image-arn.js";
import type { DatedRule } from "./image-decision.js";
import { decideAmi, decideContainer, decideItself, decideSnapshot } from "./resource-decisions.js";

/** What a policy does to one image and to each of its resources. */
export interface ImagePlan {
  readonly image: LifecycleImage;
  /** The image itself first; then each AMI with its snapshots after it, then container images. */
  readonly resources: readonly ResourcePlan[];
}

/**
 * Makes the plan of an image from the decision of each rule about it. Without `rules` (none of them acts), the same decisions apply to all
 * its resources.
 */
export function planImage(
  image: LifecycleImage,
  { region, accountId }: ImagePlace,
  decisions: readonly LifecycleDecision[],
  rules?: readonly DatedRule[],
): ImagePlan {
  const { amis, containers, status } = image;
  // allocated in full size: growing arrays take several times the memory, and every image has one
  const resources = new Array<ResourcePlan>(countResources(image));
  let next = 1;
  for (const ami of amis) {
    const owner = ami.accountId ?? accountId;
    const forAmi = rules === undefined ? decisions : ofAmi(rules, decisions, ami, ami.status ?? status, accountId);
    resources[next++] = { kind: "ami", id: ami.id, region: ami.region, accountId: owner, decisions: forAmi };
    for (const snapshot of ami.snapshots) {
      const forSnapshot =
        rules === undefined
          ? decisions
          : each(rules, decisions, (rule, made, nth) => decideSnapshot(rule, ami, snapshot, forAmi[nth] as LifecycleDecision, made));
      resources[next++] = { kind: "snapshot", id: snapshot.id, region: ami.region, accountId: owner, decisions: forSnapshot };
    }
  }
  for (const container of containers) {
    const forContainer = rules === undefined ? decisions : each(rules, decisions, (rule, made) => decideContainer(rule, container, made));
    for (const id of container.imageUris)
      resources[next++] = { kind: "container", id, region: container.region, accountId, decisions: forContainer };
  }
  // last, because it depends on the others
  const itself =
    rules === undefined ? decisions : each(rules, decisions, (rule, made, nth) => decideItself(rule, status, resources, nth, made));
  resources[0] = { kind: "image", id: image.arn, region, accountId, decisions: itself };
  return { image, resources };
}

function countResources({ amis, containers }: LifecycleImage): number {
  let count = 1 + amis.length;
  for (const { snapshots } of amis) count += snapshots.length;
  for (const { imageUris } of containers) count += imageUris.length;
  return count;
}

function ofAmi(
  rules: readonly DatedRule[],
  decisions: readonly LifecycleDecision[],
  ami: LifecycleAmi,
  status: ImageStatus,
  accountId: string,
): readonly LifecycleDecision[] {
  return each(rules, decisions, (rule, made) => decideAmi(rule, ami, status, accountId, made));
}

/**
 * The decisions about a resource: rules that act on the image decide about the resource too; of the others, the decision about the image.
 */
function each(
  rules: readonly DatedRule[],
  decisions: readonly LifecycleDecision[],
  decide: (rule: DatedRule, decision: LifecycleDecision, nth: number) => LifecycleDecision,
): readonly LifecycleDecision[] {
  let made: LifecycleDecision[] | undefined;
  for (let nth = 0; nth < rules.length; nth++) {
    const decision = decisions[nth] as LifecycleDecision;
    const own = decision.action === "KEEP" ? decision : decide(rules[nth] as DatedRule, decision, nth);
    // copied only if a decision differs, which is rare
    if (own !== decision) (made ??= decisions.slice())[nth] = own;
  }
  return made ?? decisions;
}
