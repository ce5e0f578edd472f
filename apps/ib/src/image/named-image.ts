import type { ControlPlane, ListedImage } from "@imagewright/control-plane";
import { ApiError, readArn, slugOf, type ApiCaller } from "@imagewright/imagebuilder-model";
import { planeFlags } from "../cli/configuration.js";
import { Args, Flags } from "../cli/oclif.js";
import { wrongUsage } from "../cli/wrong-usage.js";
import { ibError } from "../errors.js";
import type { CheckedSettings } from "../serve/checked-settings.js";

const helpGroup = "CONFIGURATION";

/** For commands about the images of the service. */
export const imageFlags = {
  account: Flags.string({ summary: "the account of the image (default: that of the service)", helpValue: "ACCOUNT", helpGroup }),
  "image-region": Flags.string({ summary: "the Region of the image (default: the first that is served)", helpValue: "REGION", helpGroup }),
  ...planeFlags,
};

export const imageArgs = {
  image: Args.string({ description: "NAME, NAME/VERSION, NAME/VERSION/BUILD, or an ARN; the newest build that fits", required: true }),
};

/** The root of the account whose images are meant, in the Region that is meant. Throws WrongUsage. */
export function imageCaller({ account, regions }: CheckedSettings, given: string | undefined): ApiCaller {
  const region = given ?? regions[0] ?? "";
  if (!regions.includes(region)) throw wrongUsage(`--image-region must be one of the Regions that are served: ${regions.join(", ")}`);
  return rootOf(account, region);
}

function rootOf(account: string, region: string): ApiCaller {
  return { account, region, principal: `arn:aws:iam::${account}:root` };
}

export interface FoundImage {
  readonly image: ListedImage;
  /** Who may do everything with it. */
  readonly caller: ApiCaller;
}

const NAME = /^([^/]+)(?:\/(\d+\.\d+\.\d+))?(?:\/(\d{1,9}))?$/;

/** The newest build that a text names. Errors: no-such-image. Throws WrongUsage for a text that names none. */
export async function findNamedImage(plane: Pick<ControlPlane, "findImages">, text: string, caller: ApiCaller): Promise<FoundImage> {
  const { owner, ...query } = text.startsWith("arn:") ? readImageArn(text) : readImageName(text, caller);
  const [image] = await plane.findImages({ ...query, account: owner, limit: 1 });
  if (image === undefined) throw ibError("no-such-image", { image: text, account: owner, region: query.region });
  return { image, caller: rootOf(owner, query.region) };
}

function readImageName(text: string, { account: owner, region }: ApiCaller) {
  const [, name, version, build] = NAME.exec(text) ?? [];
  if (name === undefined || (build !== undefined && version === undefined))
    throw wrongUsage("an image is named NAME, NAME/VERSION, NAME/VERSION/BUILD, or by its ARN");
  return { owner, region, name: slugOf(name), version, build: build === undefined ? undefined : Number(build) };
}

function readImageArn(text: string) {
  const { value: arn, diagnostics } = readArn(text, { types: ["image"], levels: ["versionless", "version", "build"] });
  if (arn === undefined) throw wrongUsage(diagnostics.map(({ message }) => message).join("; "));
  const [major, minor, patch, build] = arn.pattern?.numbers ?? [];
  const version = major === undefined ? undefined : `${major}.${minor}.${patch}`;
  return { owner: arn.owner, region: arn.region, name: arn.name, version, build };
}

/** What the service answers to a call; its refusal is the failure of the command. Errors: call-refused. */
export async function answerTo<Answer>(call: Promise<Answer>): Promise<Answer> {
  return call.catch((thrown: unknown) => {
    if (!(thrown instanceof ApiError)) throw thrown;
    throw ibError("call-refused", { name: thrown.name, message: thrown.message }, { cause: thrown });
  });
}
