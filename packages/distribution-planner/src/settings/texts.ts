import { text, textLike, type MapShape } from "../shapes/shape.js";

/** The texts of distribution settings, with the patterns and lengths of the API. Source: API model, the shapes named here. */
export const accountId = textLike("an account ID: 12 digits", /^[0-9]{12}$/);

// the model takes any text for it; all Regions that there are have such names
export const region = textLike('the name of a Region, such as "eu-west-1" or "us-gov-west-1"', /^[a-z]{2,4}(?:-[a-z]+){1,2}-[0-9]{1,2}$/);

export const resourceName = textLike(
  "a name: 3 to 128 letters, digits, spaces, - and _, without a space at either end",
  /^[-_A-Za-z-0-9][-_A-Za-z0-9 ]{1,126}[-_A-Za-z-0-9]$/,
);

export const amiName = textLike(
  "an AMI name: 3 to 127 letters, digits, spaces and - _ . : { }, with no space, dot or colon at either end",
  /^[-_A-Za-z0-9{][-_A-Za-z0-9\s:{}.]+[-_A-Za-z0-9}]$/,
  { least: 1, most: 127 },
);

export const organizationArn = textLike(
  "the ARN of an organization: arn:aws:organizations::<account>:organization/o-<10 to 32 lower-case letters and digits>",
  /^arn:aws[^:]*:organizations::[0-9]{12}:organization\/o-[a-z0-9]{10,32}$/,
);

export const organizationalUnitArn = textLike(
  "the ARN of an organizational unit: arn:aws:organizations::<account>:ou/o-<10 to 32 lower-case letters and digits>/ou-<4 to 32>-<8 to 32 of them>",
  /^arn:aws[^:]*:organizations::[0-9]{12}:ou\/o-[a-z0-9]{10,32}\/ou-[0-9a-z]{4,32}-[0-9a-z]{8,32}$/,
);

export const licenseConfigurationArn = textLike(
  "the ARN of a license configuration: arn:aws:license-manager:<Region>:<account>:license-configuration:lic-<32 lower-case letters, digits, - and _>",
  /^arn:aws[^:]*:license-manager:[^:]+:[0-9]{12}:license-configuration:lic-[a-z0-9-_]{32}$/,
);

export const launchTemplateId = textLike(
  "the ID of a launch template: lt- and 17 lower-case letters, digits, - and _",
  /^lt-[a-z0-9-_]{17}$/,
);

// the API model at hand is older than this setting; the limits are those of its reference page
export const parameterName = textLike("the name of a parameter: letters, digits and _ . - /", /^[a-zA-Z0-9_.\-/]+$/, {
  least: 1,
  most: 1011,
});

export const clientToken = text({ least: 1, most: 36 });

const tagKey = textLike(
  'a tag key: 1 to 128 letters, digits and + - = . _ : / and , with no "aws:" at its start',
  /^(?!aws:)[a-zA-Z+-=._:/]+$/,
  { least: 1, most: 128 },
);

export const tagMap: MapShape = { type: "map", key: tagKey, value: text({ least: 0, most: 256 }), least: 1, most: 50 };

export const nonEmpty = text({ least: 1, most: 1024 });
