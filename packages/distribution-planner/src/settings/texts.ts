import { text, type MapShape, type StringShape } from "../json/shape.js";

/** The texts of distribution settings, with the patterns and lengths of the API. Source: API model, the shapes named here. */
export const accountId = text("an account ID", "12 digits", { pattern: /^[0-9]{12}$/ });

export const resourceName = text("a name", "3 to 128 letters, digits, spaces, - and _, without a space at either end", {
  pattern: /^[-_A-Za-z-0-9][-_A-Za-z0-9 ]{1,126}[-_A-Za-z-0-9]$/,
});

export const amiName = text("an AMI name", "3 to 127 letters, digits, spaces and - _ . : { }, with no space, dot or colon at either end", {
  pattern: /^[-_A-Za-z0-9{][-_A-Za-z0-9\s:{}.]+[-_A-Za-z0-9}]$/,
  min: 1,
  max: 127,
});

export const organizationArn = text("the ARN of an organization", "arn:aws:organizations::<account>:organization/o-<10 to 32 lower-case letters and digits>", {
  pattern: /^arn:aws[^:]*:organizations::[0-9]{12}:organization\/o-[a-z0-9]{10,32}$/,
});

export const organizationalUnitArn = text(
  "the ARN of an organizational unit",
  "arn:aws:organizations::<account>:ou/o-<10 to 32 lower-case letters and digits>/ou-<4 to 32>-<8 to 32 of them>",
  { pattern: /^arn:aws[^:]*:organizations::[0-9]{12}:ou\/o-[a-z0-9]{10,32}\/ou-[0-9a-z]{4,32}-[0-9a-z]{8,32}$/ },
);

export const licenseConfigurationArn = text(
  "the ARN of a license configuration",
  "arn:aws:license-manager:<Region>:<account>:license-configuration:lic-<32 lower-case letters, digits, - and _>",
  { pattern: /^arn:aws[^:]*:license-manager:[^:]+:[0-9]{12}:license-configuration:lic-[a-z0-9-_]{32}$/ },
);

export const launchTemplateId = text("the ID of a launch template", "lt- and 17 lower-case letters, digits, - and _", { pattern: /^lt-[a-z0-9-_]{17}$/ });

// the API model at hand is older than this setting; the limits are those of its reference page
export const parameterName = text("the name of a parameter", "letters, digits and _ . - /", { pattern: /^[a-zA-Z0-9_.\-/]+$/, min: 1, max: 1011 });

export const clientToken = text("a client token", "1 to 36 characters", { min: 1, max: 36 });

const tagKey = text("a tag key", 'letters, digits and + - = . _ : / and , with no "aws:" at its start', { pattern: /^(?!aws:)[a-zA-Z+-=._:/]+$/, min: 1, max: 128 });
const tagValue = text("a tag value", "0 to 256 characters", { min: 0, max: 256 });

export const tagMap: MapShape = { type: "map", key: tagKey, value: tagValue, min: 1, max: 50 };

/** Any text of 1 to 1024 characters. */
export function nonEmpty(what: string): StringShape {
  return text(what, "1 to 1024 characters", { min: 1, max: 1024 });
}
