// arn:aws:imagebuilder:us-west-2:123456789012:image/web/1.0.0/3

const [SLASH, ZERO] = [0x2f, 0x30];
// in a version, a build or (without effect) a name
const LEADING_ZERO = /[./]0[0-9]/;

/** The ARN without its last part: `…:image/web/1.0.0`, and of that `…:image/web`. */
export function shorterArn(arn: string): string {
  let end = arn.length - 1;
  // lastIndexOf takes several times as long for so few characters
  while (end > 0 && arn.charCodeAt(end) !== SLASH) end -= 1;
  return arn.slice(0, end);
}

/** The ARN without leading zeros in version and build: `…:image/web/2021.01.01/03` is `…:image/web/2021.1.1/3`. */
export function plainArn(arn: string): string {
  if (!LEADING_ZERO.test(arn)) return arn;
  const afterName = arn.indexOf("/", arn.indexOf("/") + 1);
  return arn.slice(0, afterName) + arn.slice(afterName).replace(/\b0+(?=[0-9])/g, "");
}

/** The build number of an ARN with a build. */
export function buildOfArn(arn: string): number {
  let build = 0;
  for (let at = arn.length - 1, unit = 1; at >= 0 && arn.charCodeAt(at) !== SLASH; at--, unit *= 10)
    build += (arn.charCodeAt(at) - ZERO) * unit;
  return build;
}

/** Where an image is and whose it is. */
export interface ImagePlace {
  readonly region: string;
  readonly accountId: string;
}

/** The region and account of an ARN. */
export function placeOfArn(arn: string): ImagePlace {
  const [, , , region = "", accountId = ""] = arn.split(":", 5);
  return { region, accountId };
}
