/** A condition key that a request to this API may have. */
export interface KnownKey {
  /** As documented; with a slash at the end if the key of a tag follows. */
  readonly name: string;
  /** Whether it may have several values, so that `ForAllValues:` or `ForAnyValue:` says which count. */
  readonly several?: boolean;
}

/**
 * The condition keys that requests have. Source: guide chapter 49, "Condition keys" and "Authorization based on Image Builder tags"; IAM,
 * global condition keys.
 */
export const KNOWN_KEYS: readonly KnownKey[] = [
  { name: "aws:CurrentTime" },
  { name: "aws:EpochTime" },
  { name: "aws:PrincipalAccount" },
  { name: "aws:PrincipalArn" },
  { name: "aws:PrincipalIsAWSService" },
  { name: "aws:PrincipalTag/" },
  { name: "aws:PrincipalType" },
  { name: "aws:RequestTag/" },
  { name: "aws:RequestedRegion" },
  { name: "aws:ResourceAccount" },
  { name: "aws:ResourceTag/" },
  { name: "aws:SecureTransport" },
  { name: "aws:SourceIp" },
  { name: "aws:TagKeys", several: true },
  { name: "aws:UserAgent" },
  { name: "aws:ViaAWSService" },
  { name: "aws:username" },
  { name: "iam:PassedToService" },
  { name: "imagebuilder:CreatedResourceTag/" },
  { name: "imagebuilder:CreatedResourceTagKeys", several: true },
  { name: "imagebuilder:Ec2MetadataHttpTokens" },
  { name: "imagebuilder:LifecyclePolicyResourceType" },
  { name: "imagebuilder:ResourceTag/" },
  { name: "imagebuilder:StatusTopicArn" },
];

/** Finds a key, whose case does not count. */
export function findKey(text: string): KnownKey | undefined {
  const key = text.toLowerCase();
  return KNOWN_KEYS.find(({ name }) => {
    const known = name.toLowerCase();
    return known.endsWith("/") ? key.startsWith(known) && key.length > known.length : key === known;
  });
}
