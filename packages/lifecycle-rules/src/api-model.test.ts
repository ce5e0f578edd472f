import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { TIME_UNITS } from "./calendar.js";
import { AMI_MEMBERS, CONTAINER_MEMBERS, IMAGE_MEMBERS } from "./images/api-members.js";
import { IMAGE_STATUSES } from "./images/image.js";
import { readPolicy } from "./index.js";
import { ACTIONS, RESOURCE_TYPES } from "./policy/policy.js";
import { request } from "./testing/builders.js";

// the service's API model, which lies beside the checkout and is no part of it
const path = fileURLToPath(new URL("../../../../shared/reference/imagebuilder-2019-12-02.smithy.json", import.meta.url));
const suite = existsSync(path) ? describe : describe.skip;

interface Shape {
  readonly members?: Record<string, { traits?: Record<string, unknown> }>;
  readonly traits?: Record<string, string>;
}

suite(`the API model${existsSync(path) ? "" : " (skipped: the model does not lie beside the checkout)"}`, () => {
  const shapes: Record<string, Shape> = existsSync(path) ? JSON.parse(readFileSync(path, "utf8")).shapes : {};
  const shape = (name: string) => shapes[`com.amazonaws.imagebuilder#${name}`] ?? {};
  const members = (name: string) => Object.keys(shape(name).members ?? {});

  test.each([
    ["LifecyclePolicyDetailActionType", ACTIONS],
    ["LifecyclePolicyResourceType", RESOURCE_TYPES],
    ["LifecyclePolicyTimeUnit", TIME_UNITS],
    ["ImageStatus", IMAGE_STATUSES],
  ])("%s has these values", (name, values) => {
    expect([...values].sort()).toEqual(members(name).sort());
  });

  test.each([
    ["Image", IMAGE_MEMBERS],
    ["ImageSummary", IMAGE_MEMBERS],
    ["ImageVersion", IMAGE_MEMBERS],
    ["Ami", AMI_MEMBERS],
    ["Container", CONTAINER_MEMBERS],
  ])("members of %s are known", (name, known) => {
    expect(known).toEqual(expect.arrayContaining(members(name)));
  });

  const characters = fc.string({ unit: fc.constantFrom(..."aZ0-_ .:/+=,@ä;<?!~"), maxLength: 8 });
  const isRead = (changes: object) => readPolicy(request(changes)).diagnostics.length === 0;
  test.each<[string, string, fc.Arbitrary<string>, (text: string) => object]>([
    ["ResourceName", "a name", characters, (name) => ({ name })],
    [
      "RoleNameOrArn",
      "a role",
      fc.oneof(
        characters,
        characters.map((name) => `arn:aws:iam::123456789012:role/${name}`),
        fc.constantFrom("arn:aws-cn:iam::123456789012:role/a", "arn:aws2:iam::123456789012:role/a"),
      ),
      (executionRole) => ({ executionRole }),
    ],
    [
      "TagKey",
      "a tag key",
      fc
        .oneof(
          characters,
          characters.map((key) => `aws:${key}`),
        )
        .filter((key) => key !== ""),
      (key) => ({ tags: { [key]: "" } }),
    ],
    [
      "AccountId",
      "an account",
      fc.string({ unit: fc.constantFrom("0", "9", "a"), minLength: 11, maxLength: 13 }),
      (account) => ({
        policyDetails: [
          { action: { type: "DELETE" }, filter: { type: "COUNT", value: 1 }, exclusionRules: { amis: { sharedAccounts: [account] } } },
        ],
      }),
    ],
  ])("%s: what is accepted of %s is what the model accepts", (name, _what, texts, changes) => {
    const pattern = new RegExp(shape(name).traits?.["smithy.api#pattern"] ?? "(?!)");
    fc.assert(
      fc.property(texts, (text) => expect([text, isRead(changes(text))]).toEqual([text, pattern.test(text)])),
      { numRuns: 500 },
    );
  });
});
