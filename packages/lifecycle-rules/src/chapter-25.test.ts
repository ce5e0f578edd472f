import { describe, expect, test } from "@jest/globals";
import { amiJson, decided, done, imageJson, images, policy, read, rule, rules } from "./testing/builders.js";
import { LifecyclePlan } from "./index.js";

const AGE = (value: number, unit = "MONTHS", more: object = {}) => ({ type: "AGE", value, unit, ...more });
const COUNT = (value: number) => ({ type: "COUNT", value });
const AT = { at: "2026-07-01" };

describe("chapter 25: create lifecycle policies, rule scope", () => {
  const ofMany = images({ name: "web", version: "1.2.0" }, { name: "web", version: "2.0.0" }, { name: "database" });
  const selected = (recipes: object[]) => done(policy({ resourceSelection: { recipes } }), ofMany, AT).filter((line) => line.includes("/"));

  test("recipes select the images built from them, by name and version", () => {
    expect(selected([{ name: "web", semanticVersion: "1.2.0" }])).toEqual(["DELETE web/1.2.0/1"]);
    expect(selected([{ name: "web", semanticVersion: "3.0.0" }])).toEqual([]);
  });

  test.each([
    ["1.x.x", ["DELETE web/1.2.0/1"]],
    ["1.2.x", ["DELETE web/1.2.0/1"]],
    ["1.3.x", []],
    ["x.x.x", ["DELETE web/1.2.0/1", "DELETE web/2.0.0/1"]],
    ["01.02.00", ["DELETE web/1.2.0/1"]],
  ])("the wildcard version %s", (semanticVersion, expected) => {
    expect(selected([{ name: "Web", semanticVersion }])).toEqual(expected);
  });

  test("a recipe name with blanks is the one in the ARN", () => {
    const recipes = [{ name: "My Web", semanticVersion: "x.x.x" }];
    expect(done(policy({ resourceSelection: { recipes } }), images({ name: "my-web" }), AT)).toContain("DELETE my-web/1.0.0/1");
  });

  test("tags select the images that have any of them", () => {
    const tagged = images(
      { build: 1, tags: { stage: "test" } },
      { build: 2, tags: { stage: "live" } },
      { build: 3, tags: { team: "a" } },
      { build: 4 },
    );
    const scoped = policy({ resourceSelection: { tagMap: { stage: "test", team: "a" } } });
    expect(done(scoped, tagged, AT).filter((line) => line.includes("/"))).toEqual(["DELETE web/1.0.0/1", "DELETE web/1.0.0/3"]);
    expect(decided(scoped, tagged.slice(3), AT)[0]).toBe("web/1.0.0/4 KEEP: the policy does not select the image by its tags");
  });

  test("resources that the policy does not select are kept with a reason", () => {
    expect(decided(policy(), images({ name: "database" }), AT)).toEqual([
      "database/1.0.0/1 KEEP: the policy does not select the image by its recipe",
      "ami-database-1 KEEP: the policy does not select the image by its recipe",
      "snap-database-1 KEEP: the policy does not select the image by its recipe",
    ]);
  });
});

describe("chapter 25: the order of rules", () => {
  test("a resource that matches more than one rule is deprecated, then disabled, then deleted, in any order in the policy", () => {
    const three = rules(rule("DELETE", AGE(3)), rule("DEPRECATE", AGE(1)), rule("DISABLE", AGE(2)));
    expect(done(three, images({}), AT)).toEqual([
      "DEPRECATE ami-web-1", "DEPRECATE web/1.0.0/1", "DISABLE ami-web-1", "DISABLE web/1.0.0/1", "DELETE ami-web-1", "DELETE snap-web-1", "DELETE web/1.0.0/1",
    ]); // prettier-ignore
    expect(done(three, images({}), { at: "2026-03-15" })).toEqual([
      "DEPRECATE ami-web-1",
      "DEPRECATE web/1.0.0/1",
      "DISABLE ami-web-1",
      "DISABLE web/1.0.0/1",
    ]);
  });
});

describe("chapter 25: deprecate rule", () => {
  const deprecate = rules(rule("DEPRECATE", AGE(6)));

  test("an image is deprecated when the unit count has passed, not before", () => {
    expect(done(deprecate, images({}), { at: "2026-07-01" })).toEqual(["DEPRECATE ami-web-1", "DEPRECATE web/1.0.0/1"]);
    expect(decided(deprecate, images({}), { at: "2026-06-30T23:59:59.999Z" })[0]).toBe(
      "web/1.0.0/1 KEEP: the image is younger than 6 months until 2026-07-01",
    );
    expect(decided(deprecate, images({}), { at: "2026-07-01" })[0]).toBe(
      "web/1.0.0/1 DEPRECATE: the image is 6 months old since 2026-07-01",
    );
  });

  test("AMIs are deprecated only if the rule includes them; snapshots never", () => {
    expect(decided(rules(rule("DEPRECATE", AGE(6), { include: {} })), images({}), AT)).toEqual([
      "web/1.0.0/1 DEPRECATE: the image is 6 months old since 2026-07-01",
      "ami-web-1 KEEP: the rule does not include AMIs",
      "snap-web-1 KEEP: the rule does not include snapshots",
    ]);
  });

  test.each(["DEPRECATED", "DISABLED"])("what is %s already is not changed", (status) => {
    expect(decided(deprecate, images({ status }), AT)).toEqual([
      `web/1.0.0/1 KEEP: the image is ${status.toLowerCase()} already`,
      `ami-web-1 KEEP: the AMI is ${status.toLowerCase()} already`,
      "snap-web-1 KEEP: the rule does not include snapshots",
    ]);
    expect(done(deprecate, images({ status, ami: { state: { status: "AVAILABLE" } } }), AT)).toEqual(["DEPRECATE ami-web-1"]);
  });
});

describe("chapter 25: disable rule", () => {
  const disable = rules(rule("DISABLE", AGE(1, "YEARS")));

  test("an image and its AMIs are disabled after the unit count, deprecated ones too", () => {
    expect(done(disable, images({}, { build: 2, status: "DEPRECATED" }), { at: "2027-01-01" })).toEqual([
      "DISABLE ami-web-1", "DISABLE web/1.0.0/1", "DISABLE ami-web-2", "DISABLE web/1.0.0/2",
    ]); // prettier-ignore
    expect(done(disable, images({}), { at: "2026-12-31" })).toEqual([]);
  });

  test("an image that is disabled already is not changed", () => {
    expect(done(disable, images({ status: "DISABLED" }), { at: "2027-01-01" })).toEqual([]);
  });
});

describe("chapter 25: delete rule", () => {
  test("by age: delete image resources after 6 months", () => {
    expect(done(rules(rule("DELETE", AGE(6))), images({}, { build: 2, created: "2026-01-02" }), AT)).toEqual([
      "DELETE ami-web-1",
      "DELETE snap-web-1",
      "DELETE web/1.0.0/1",
    ]);
  });

  test.each([
    ["DAYS", "2026-01-04"],
    ["WEEKS", "2026-01-22"],
    ["MONTHS", "2026-04-01"],
    ["YEARS", "2029-01-01"],
  ])("the unit %s", (unit, due) => {
    const three = rules(rule("DELETE", AGE(3, unit)));
    expect(done(three, images({}), { at: due })).toHaveLength(3);
    expect(done(three, images({}), { at: new Date(Date.parse(due) - 1).toISOString() })).toEqual([]);
  });

  test("retain at least one image per recipe: the latest of each recipe version stays", () => {
    const retain = rules(rule("DELETE", AGE(1, "DAYS", { retainAtLeast: 1 })));
    const of = images({ build: 1 }, { build: 2, created: "2026-01-02" }, { version: "2.0.0", build: 1 });
    expect(done(retain, of, AT).filter((line) => line.includes("/"))).toEqual(["DELETE web/1.0.0/1"]);
    expect(decided(retain, of, AT)[3]).toBe(
      'web/1.0.0/2 KEEP: the image is among the newest 1 of recipe "web" 1.0.0, which the rule retains',
    );
  });

  test("the latest available image is retained: a disabled newer one does not count for it", () => {
    const retain = rules(rule("DELETE", AGE(1, "DAYS", { retainAtLeast: 1 })));
    expect(
      done(retain, images({ build: 1 }, { build: 2, created: "2026-01-02" }, { build: 3, created: "2026-01-03", status: "DISABLED" }), AT),
    ).toHaveLength(3);
    const allDisabled = images({ build: 1, status: "DISABLED" }, { build: 2, created: "2026-01-02", status: "DISABLED" });
    expect(done(retain, allDisabled, AT).filter((line) => line.includes("/"))).toEqual(["DELETE web/1.0.0/1"]);
  });

  test("by count: the most recent images of each recipe version stay, earlier ones are deleted", () => {
    const of = images({ build: 1 }, { build: 3, created: "2026-01-03" }, { build: 2, created: "2026-01-02" }, { version: "1.1.0" });
    expect(decided(rules(rule("DELETE", COUNT(2))), of, AT).filter((line) => line.includes("/"))).toEqual([
      'web/1.0.0/1 DELETE: the image is number 3 of recipe "web" 1.0.0 from the newest on, of which 2 are kept',
      'web/1.0.0/3 KEEP: the image is among the newest 2 of recipe "web" 1.0.0',
      'web/1.0.0/2 KEEP: the image is among the newest 2 of recipe "web" 1.0.0',
      'web/1.1.0/1 KEEP: the image is among the newest 2 of recipe "web" 1.1.0',
    ]);
  });

  test("versions are counted as numbers: 2021.01.01 is 2021.1.1", () => {
    const of = images(
      { version: "2021.1.1" },
      { version: "2021.01.01", build: 2, created: "2026-01-02" },
      { version: "2021.001.1", build: 3, created: "2026-01-03" },
    );
    expect(decided(rules(rule("DELETE", COUNT(1), { include: {} })), of, AT).filter((line) => line.includes("/"))).toEqual([
      'web/2021.1.1/1 DELETE: the image is number 3 of recipe "web" 2021.1.1 from the newest on, of which 1 are kept',
      'web/2021.01.01/2 DELETE: the image is number 2 of recipe "web" 2021.01.01 from the newest on, of which 1 are kept',
      'web/2021.001.1/3 KEEP: the image is among the newest 1 of recipe "web" 2021.001.1',
    ]);
  });

  test("a recipe name that looks like a version is not normalized", () => {
    const named = policy({
      policyDetails: [rule("DELETE", COUNT(1))],
      resourceSelection: { recipes: ["0071", "071"].map((name) => ({ name, semanticVersion: "x.x.x" })) },
    });
    expect(done(named, images({ name: "0071", version: "01.0.0" }, { name: "071", version: "1.0.0", build: 2 }), AT)).toEqual([]);
  });

  test("on equal dates the higher build is the newer one", () => {
    expect(done(rules(rule("DELETE", COUNT(1), { include: {} })), images({ build: 9 }, { build: 10 }, { build: 8 }), AT)).toEqual([
      "DELETE web/1.0.0/9",
      "DELETE web/1.0.0/8",
    ]);
  });

  test("recipes of one name in two regions are two recipes", () => {
    const there = { ...imageJson({ build: 2 }), arn: "arn:aws:imagebuilder:eu-west-1:111122223333:image/web/1.0.0/2" };
    expect(done(rules(rule("DELETE", COUNT(1))), read([imageJson(), there]), AT)).toEqual([]);
  });

  test("AMIs are deregistered and snapshots deleted only if the rule includes them", () => {
    expect(done(rules(rule("DELETE", AGE(6), { include: {} })), images({}), AT)).toEqual(["DELETE web/1.0.0/1"]);
    expect(done(rules(rule("DELETE", AGE(6), { include: { amis: true } })), images({}), AT)).toEqual([
      "DELETE ami-web-1",
      "DELETE web/1.0.0/1",
    ]);
    expect(decided(rules(rule("DELETE", AGE(6), { include: { snapshots: true } })), images({}), AT).slice(1)).toEqual([
      "ami-web-1 KEEP: the rule does not include AMIs",
      'snap-web-1 KEEP: its AMI "ami-web-1" is kept',
    ]);
    expect(done(rules(rule("DELETE", AGE(6))), images({ ami: { state: { status: "DELETED" } } }), AT)).toEqual([
      "DELETE snap-web-1",
      "DELETE web/1.0.0/1",
    ]);
  });

  test.each(["PENDING", "CREATING", "BUILDING", "TESTING", "DISTRIBUTING", "INTEGRATING", "CANCELLED", "FAILED", "DELETED"])(
    "an image that is %s is left alone, and does not count",
    (status) => {
      const of = images({ build: 1 }, { build: 2, created: "2026-02-01", status });
      expect(done(rules(rule("DELETE", COUNT(1))), of, AT)).toEqual([]);
      expect(decided(rules(rule("DELETE", COUNT(1))), of, AT)[3]).toBe(
        `web/1.0.0/2 KEEP: the status of the image is "${status}"; rules are for images that are available, deprecated or disabled`,
      );
    },
  );
});

describe("chapter 25: container images", () => {
  const URI = "111122223333.dkr.ecr.us-west-2.amazonaws.com/web:1";
  const container = (more: object = {}) =>
    read([{ ...imageJson(), type: "DOCKER", outputResources: { containers: [{ region: "us-west-2", imageUris: [URI], ...more }] } }]);
  const remove = (include: object) => policy({ resourceType: "CONTAINER_IMAGE", policyDetails: [rule("DELETE", AGE(6), { include })] });

  test("the image is deleted, and container images if the rule includes them", () => {
    expect(done(remove({ containers: true }), container(), AT)).toEqual([`DELETE ${URI}`, "DELETE web/1.0.0/1"]);
    expect(decided(remove({}), container(), AT)[1]).toBe(`${URI} KEEP: the rule does not include container images`);
  });

  test("a repository needs the tag LifecycleExecutionAccess: EC2 Image Builder; without it the image is kept", () => {
    const lacks = 'its repository lacks the tag "LifecycleExecutionAccess": "EC2 Image Builder", which permits lifecycle actions';
    expect(decided(remove({ containers: true }), container({ repositoryTags: {} }), AT)).toEqual([
      `web/1.0.0/1 KEEP: its container image "${URI}" is kept: ${lacks}`,
      `${URI} KEEP: ${lacks}`,
    ]);
    expect(
      done(remove({ containers: true }), container({ repositoryTags: { LifecycleExecutionAccess: "EC2 Image Builder" } }), AT),
    ).toHaveLength(2);
  });

  test("a policy ignores images of the other type", () => {
    expect(decided(remove({}), images({}), AT)[0]).toBe("web/1.0.0/1 KEEP: it is an AMI image; the policy is for container images");
    expect(decided(policy(), container(), AT)[0]).toBe("web/1.0.0/1 KEEP: it is a container image; the policy is for AMI images");
  });
});

describe("chapter 25: prerequisites", () => {
  test("an AMI in another account needs the role of that account", () => {
    expect(decided(rules(rule("DEPRECATE", AGE(6))), images({ ami: { accountId: "444455556666" } }), AT)[1]).toBe(
      'ami-web-1 DEPRECATE: the image is 6 months old since 2026-07-01; needs the role "Ec2ImageBuilderCrossAccountLifecycleAccess" in the account "444455556666"',
    );
  });
});

describe("chapter 25: exclusion rules", () => {
  const excluding = (exclusionRules: object) => rules(rule("DELETE", AGE(6), { exclusionRules }));
  const kept = (exclusionRules: object, ami: object) => decided(excluding(exclusionRules), images({ ami }), AT);
  const held = (reason: string) => [
    `web/1.0.0/1 KEEP: its AMI "ami-web-1" in "us-west-2" is kept: the AMI ${reason}; the rule excludes that`,
    `ami-web-1 KEEP: the AMI ${reason}; the rule excludes that`,
    'snap-web-1 KEEP: its AMI "ami-web-1" is kept',
  ];

  test("tagMap: an image that has any of the tags is kept with all its resources", () => {
    const of = images({ tags: { keep: "yes" } }, { build: 2, tags: { keep: "no" } });
    expect(done(excluding({ tagMap: { hold: "1", keep: "yes" } }), of, AT)).toEqual([
      "DELETE ami-web-2",
      "DELETE snap-web-2",
      "DELETE web/1.0.0/2",
    ]);
    expect(decided(excluding({ tagMap: { keep: "yes" } }), of, AT)[1]).toBe(
      'ami-web-1 KEEP: the image has the tag "keep": "yes", which the rule excludes',
    );
  });

  test("tagMap skips any type of resource: an AMI or a snapshot that has the tag", () => {
    expect(kept({ tagMap: { keep: "yes" } }, { tags: { keep: "yes" } })).toEqual(held('has the tag "keep": "yes"'));
    const snapshots = [{ snapshotId: "snap-1", tags: { keep: "yes" } }, { snapshotId: "snap-2", tags: {} }, { snapshotId: "snap-3" }];
    expect(kept({ tagMap: { keep: "yes" } }, { snapshots })).toEqual([
      "web/1.0.0/1 DELETE: the image is 6 months old since 2026-07-01",
      "ami-web-1 DELETE: the image is 6 months old since 2026-07-01",
      'snap-1 KEEP: the snapshot has the tag "keep": "yes"; the rule excludes that',
      "snap-2 DELETE: the image is 6 months old since 2026-07-01",
      "snap-3 KEEP: the snapshot may have an excluded tag, which is not known; the rule excludes that",
    ]);
  });

  test.each([
    ["isPublic", { isPublic: true }, { isPublic: true }, "is public"],
    ["regions", { regions: ["eu-west-1", "us-west-2"] }, {}, 'is in the region "us-west-2"'],
    [
      "sharedAccounts, shared with one",
      { sharedAccounts: ["444455556666"] },
      { sharedAccounts: ["444455556666"] },
      'is shared with the account "444455556666"',
    ],
    [
      "sharedAccounts, owned by one",
      { sharedAccounts: ["444455556666"] },
      { accountId: "444455556666" },
      'belongs to the account "444455556666"',
    ],
    [
      "sharedAccounts, owned by one as the image is",
      { sharedAccounts: ["111122223333"] },
      { accountId: undefined },
      'belongs to the account "111122223333"',
    ],
    [
      "lastLaunched",
      { lastLaunched: { value: 1, unit: "MONTHS" } },
      { lastLaunched: "2026-06-02" },
      "was last launched on 2026-06-02, in the last 1 month",
    ],
    ["tagMap", { tagMap: { stage: "live" } }, { tags: { stage: "live" } }, 'has the tag "stage": "live"'],
  ])("amis.%s keeps an AMI, its snapshots and the image", (_name, amis, ami, reason) => {
    expect(kept({ amis }, ami)).toEqual(held(reason));
  });

  test.each([
    ["isPublic", { isPublic: true }, { isPublic: false }],
    ["isPublic that is false", { isPublic: false }, { isPublic: true }],
    ["regions", { regions: ["eu-west-1"] }, {}],
    ["sharedAccounts", { sharedAccounts: ["444455556666"] }, { sharedAccounts: ["777788889999"] }],
    ["lastLaunched long ago", { lastLaunched: { value: 1, unit: "MONTHS" } }, { lastLaunched: "2026-06-01" }],
    ["lastLaunched never", { lastLaunched: { value: 1, unit: "MONTHS" } }, { lastLaunched: null }],
    ["tagMap with another value", { tagMap: { stage: "live" } }, { tags: { stage: "test" } }],
    ["tagMap with a name of every object", { tagMap: { constructor: "x" } }, { tags: {} }],
  ])("amis.%s does not keep others", (_name, amis, ami) => {
    expect(done(excluding({ amis }), images({ ami }), AT)).toHaveLength(3);
  });

  test.each([
    ["isPublic", { isPublic: true }, "may be public, which is not known"],
    ["sharedAccounts", { sharedAccounts: ["444455556666"] }, "may be shared with an excluded account, which is not known"],
    ["lastLaunched", { lastLaunched: { value: 90, unit: "DAYS" } }, "may have been launched in the last 90 days, which is not known"],
    ["tagMap", { tagMap: { stage: "live" } }, "may have an excluded tag, which is not known"],
  ])("amis.%s keeps an AMI of which that is not known", (_name, amis, reason) => {
    const unknown = { isPublic: undefined, sharedAccounts: undefined, lastLaunched: undefined, tags: undefined };
    expect(kept({ amis }, unknown)).toEqual(held(reason));
  });

  test("tagMap keeps an AMI whose tags are not known, and does not keep one without tags", () => {
    expect(kept({ tagMap: { keep: "yes" } }, { tags: undefined })).toEqual(held("may have an excluded tag, which is not known"));
    expect(done(excluding({ tagMap: { keep: "yes" } }), images({}), AT)).toHaveLength(3);
  });

  test("the AMIs of other regions are deleted, and the image stays as the record of the one that is kept", () => {
    const amis = [amiJson("ami-here", { snapshots: [] }), amiJson("ami-there", { region: "eu-west-1", snapshots: [] })];
    const of = read([{ ...imageJson(), outputResources: { amis } }]);
    expect(done(excluding({ amis: { regions: ["eu-west-1"] } }), of, AT)).toEqual(["DELETE ami-here"]);
  });

  test("an image is deprecated and disabled though one of its AMIs is excluded", () => {
    const soft = rules(rule("DISABLE", AGE(6), { exclusionRules: { amis: { isPublic: true } } }));
    expect(done(soft, images({ ami: { isPublic: true } }), AT)).toEqual(["DISABLE web/1.0.0/1"]);
  });

  test("exclusions apply to their rule only", () => {
    const both = rules(rule("DEPRECATE", AGE(1)), rule("DELETE", AGE(6), { exclusionRules: { tagMap: { keep: "yes" } } }));
    expect(done(both, images({ tags: { keep: "yes" } }), AT)).toEqual(["DEPRECATE ami-web-1", "DEPRECATE web/1.0.0/1"]);
  });

  test("excluded images count among the newest", () => {
    const counting = rules(rule("DELETE", COUNT(1), { exclusionRules: { tagMap: { keep: "yes" } } }));
    expect(done(counting, images({ build: 1 }, { build: 2, created: "2026-02-01", tags: { keep: "yes" } }), AT)).toHaveLength(3);
  });
});

describe("a plan", () => {
  test("has the region and account of each resource", () => {
    const [{ resources } = { resources: [] }] = new LifecyclePlan(
      policy(),
      images({ ami: { region: "eu-west-1", accountId: "444455556666" } }),
      { at: new Date("2026-02-01") },
    );
    expect(resources.map(({ kind, region, accountId }) => [kind, region, accountId])).toEqual([
      ["image", "us-west-2", "111122223333"],
      ["ami", "eu-west-1", "444455556666"],
      ["snapshot", "eu-west-1", "444455556666"],
    ]);
  });

  test("an AMI whose copy failed is kept, and its image with it", () => {
    expect(decided(policy(), images({ ami: { state: { status: "FAILED" } } }), AT).slice(0, 2)).toEqual([
      'web/1.0.0/1 KEEP: its AMI "ami-web-1" in "us-west-2" is kept: the status of the AMI is "FAILED"',
      'ami-web-1 KEEP: the status of the AMI is "FAILED"',
    ]);
  });

  test.each([
    [{ at: new Date(NaN) }, '"at" must be a valid date'],
    [{ at: new Date(0), keepNewest: 1.5 }, '"keepNewest" must be a whole number from 0; found 1.5'],
    [{ at: new Date(0), keepNewest: -1 }, '"keepNewest" must be a whole number from 0; found -1'],
  ])("%j is rejected", (options, message) => {
    expect(() => new LifecyclePlan(policy(), [], options)).toThrow(message);
  });

  test("imageAt throws for a position outside the list", () => {
    expect(() => new LifecyclePlan(policy(), [], { at: new Date(0) }).imageAt(0)).toThrow(new RangeError("there is no image 0"));
  });
});
