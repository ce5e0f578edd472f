import type { ImageStatus } from "@imagewright/imagebuilder-model";
import type { LifecycleAmi, LifecycleImage } from "./images/image.js";
import type { ImagePlan } from "./plan/image-plan.js";
import type { LifecyclePlan } from "./plan/lifecycle-plan.js";
import type { ResourcePlan } from "./plan/decision.js";
import type { Action } from "./policy/policy.js";

const STATUS_AFTER: Readonly<Record<Action, ImageStatus>> = { DEPRECATE: "DEPRECATED", DISABLE: "DISABLED", DELETE: "DELETED" };

/** The images after all actions of a plan, without deleted ones and deleted resources. The plan's own images are not modified. */
export function applyPlan(plan: LifecyclePlan): LifecycleImage[] {
  const after: LifecycleImage[] = [];
  for (const imagePlan of plan) {
    const image = applyToImage(imagePlan);
    if (image !== undefined) after.push(image);
  }
  return after;
}

function applyToImage({ image, resources }: ImagePlan): LifecycleImage | undefined {
  if (!resources.some(({ decisions }) => decisions.some(({ action }) => action !== "KEEP"))) return image;
  const [itself, ...others] = resources;
  const status = statusAfter(itself, image.status);
  if (status === "DELETED") return undefined;
  const byId = new Map(others.map((resource) => [resource.id, resource]));
  const isLeft = (id: string) => statusAfter(byId.get(id), "AVAILABLE") !== "DELETED";
  const amis = image.amis.filter(({ id }) => isLeft(id)).map((ami) => applyToAmi(ami, image.status, byId));
  const containers = image.containers.map((container) => ({ ...container, imageUris: container.imageUris.filter(isLeft) }));
  return { ...image, status, amis, containers };
}

function applyToAmi(ami: LifecycleAmi, before: ImageStatus, byId: ReadonlyMap<string, ResourcePlan>): LifecycleAmi {
  const snapshots = ami.snapshots.filter(({ id }) => statusAfter(byId.get(id), "AVAILABLE") !== "DELETED");
  return { ...ami, status: statusAfter(byId.get(ami.id), ami.status ?? before), snapshots };
}

function statusAfter(resource: ResourcePlan | undefined, before: ImageStatus): ImageStatus {
  const last = resource?.decisions.findLast(({ action }) => action !== "KEEP");
  return last === undefined || last.action === "KEEP" ? before : STATUS_AFTER[last.action];
}
