import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { canonicalText } from "@imagewright/semver-resolver";
import { canonicalArnText, makeArn, parseArn, readArn, type ResourceType } from "../index.js";
import { RESOURCE_TYPES } from "./resource-types.js";

const types = Object.keys(RESOURCE_TYPES) as ResourceType[];
const number = fc.nat({ max: 2 ** 30 - 1 });
const versionText = {
  none: fc.constant(""),
  version: fc.tuple(number, number, number).map((numbers) => `/${numbers.join(".")}`),
  build: fc
    .tuple(number, number, number, number)
    .map(([major, minor, patch, build]) => `/${canonicalText({ major, minor, patch, build })}`),
};

const arn = fc
  .record({
    partition: fc.constantFrom("aws", "aws-cn", "aws-us-gov"),
    region: fc.constantFrom("eu-west-1", "us-gov-east-1"),
    owner: fc.oneof(fc.constant("aws"), fc.stringMatching(/^[0-9]{12}$/)),
    type: fc.constantFrom(...types),
  })
  .chain((parts) => {
    const { depth, idPrefix } = RESOURCE_TYPES[parts.type] as { depth: "none" | "version" | "build"; idPrefix?: string };
    const name = idPrefix === undefined ? fc.stringMatching(/^[a-z0-9_-]{1,20}$/) : fc.uuid().map((uuid) => `${idPrefix}-${uuid}`);
    return fc.record({ parts: fc.constant(parts), name, version: fc.oneof(versionText.none, versionText[depth]) });
  })
  .map(({ parts, name, version }) => ({ parts: { ...parts, name }, version: version.slice(1) }));

describe("ARNs", () => {
  test("makeArn and readArn are inverse", () => {
    fc.assert(
      fc.property(arn, ({ parts, version }) => {
        const made = makeArn(parts, version === "" ? undefined : { text: version });
        expect(parseArn(made.text)).toEqual(made);
        expect(made).toMatchObject(parts);
        expect(canonicalArnText(made)).toBe(made.text);
      }),
    );
  });

  test("any text gives an ARN, or at least one fault with a place in it", () => {
    const part = fc.oneof(
      fc.string({ unit: "grapheme", maxLength: 8 }),
      fc.constantFrom("arn", "aws", "imagebuilder", "image/a", "x.x.x", "/", ":"),
    );
    const text = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.array(part, { maxLength: 9 }).map((parts) => parts.join(":")),
    );
    fc.assert(
      fc.property(text, (text) => {
        const { value, diagnostics } = readArn(text);
        expect(diagnostics.length > 0).toBe(value === undefined);
        for (const { span } of diagnostics) expect(0 <= span.start && span.start <= span.end && span.end <= text.length).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });
});
