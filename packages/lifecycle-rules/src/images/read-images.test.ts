import { describe, expect, test } from "@jest/globals";
import { readImages } from "../index.js";
import { amiJson, imageJson, shown } from "../testing/builders.js";

const ARN = "arn:aws:imagebuilder:us-west-2:111122223333:image/web/1.0.0/1";
const faults = (value: object) => shown(readImages(value).diagnostics);

describe("images.json", () => {
  test("an Image of GetImage, with the members of our own", () => {
    const image = {
      arn: ARN, type: "AMI", name: "web", version: "1.0.0", platform: "Linux", state: { status: "AVAILABLE" }, dateCreated: "2026-01-01T08:30:00.5+01:00",
      imageRecipe: { arn: "x", name: "web", version: "1.0.0", parentImage: "ami-base", components: [] }, tags: { team: "a" }, usedBy: ["the web group"],
      outputResources: { amis: [{ ...amiJson("ami-1", { lastLaunched: "2026-02-01", usedBy: ["template"] }), name: "web 1", description: "d", state: { status: "AVAILABLE" } }] },
    }; // prettier-ignore
    expect(readImages({ requestId: "r", image })).toEqual({
      diagnostics: [],
      images: [
        {
          arn: ARN, type: "AMI", recipe: { name: "web", version: "1.0.0" }, status: "AVAILABLE", dateCreated: Date.UTC(2026, 0, 1, 7, 30, 0, 500), tags: { team: "a" },
          parentImage: "ami-base", usedBy: ["the web group"], containers: [],
          amis: [
            {
              id: "ami-1", region: "us-west-2", accountId: "111122223333", status: "AVAILABLE", isPublic: false, lastLaunched: Date.UTC(2026, 1, 1),
              sharedAccounts: [], tags: {}, usedBy: ["template"], snapshots: [{ id: "snap-1", tags: {} }],
            },
          ],
        },
      ],
    }); // prettier-ignore
  });

  test("an ImageSummary of ListImageBuildVersions, which has fewer members", () => {
    const summary = {
      arn: ARN,
      name: "web",
      version: "1.0.0",
      state: { status: "DEPRECATED" },
      owner: "111122223333",
      dateCreated: "2026-01-01",
      outputResources: { amis: [{ region: "us-west-2", image: "ami-1", accountId: "111122223333" }] },
    };
    expect(readImages({ imageSummaryList: [summary] }).images).toEqual([
      {
        arn: ARN, type: "AMI", recipe: { name: "web", version: "1.0.0" }, status: "DEPRECATED", dateCreated: Date.UTC(2026, 0, 1), tags: {}, usedBy: [], containers: [],
        amis: [{ id: "ami-1", region: "us-west-2", accountId: "111122223333", usedBy: [], snapshots: [] }],
      },
    ]); // prettier-ignore
  });

  test.each([
    ["a container recipe", { containerRecipe: { parentImage: "alpine:3" }, outputResources: {} }],
    ["container images", { outputResources: { containers: [{ region: "us-west-2", imageUris: ["a", "b"], repositoryTags: { a: "b" } }] } }],
    ["its type", { type: "DOCKER" }],
  ])("a container image is known by %s", (_what, changes) => {
    expect(readImages([{ ...imageJson(), type: undefined, ...changes }]).images?.[0]?.type).toBe("DOCKER");
  });

  test.each([
    ["a list", [imageJson()]],
    ["a list of answers", [{ image: imageJson() }]],
    ["images", { images: [imageJson()] }],
    ["imageVersionList", { imageVersionList: [imageJson()] }],
  ])("the form %s", (_what, value) => {
    expect(readImages(value).images).toHaveLength(1);
  });

  test.each([
    ["2026-01-31", Date.UTC(2026, 0, 31)],
    ["2026-01-31T10:00", Date.UTC(2026, 0, 31, 10)],
    ["2026-01-31T10:00:00Z", Date.UTC(2026, 0, 31, 10)],
    ["2023-11-07T14:57:01.603000-08:00", Date.UTC(2023, 10, 7, 22, 57, 1, 603)],
    ["2026-01-31T10:00:00+0530", Date.UTC(2026, 0, 31, 4, 30)],
  ])("the date %s", (created, expected) => {
    expect(readImages([imageJson({ created })]).images?.[0]?.dateCreated).toBe(expected);
  });

  test.each(["2026-02-29", "2026-13-01", "2026-00-10", "2026-01-00", "2026-01-01T25:00", "01.02.2026", "2026-1-1", "today", ""])(
    "the date %j is none",
    (created) => {
      expect(faults([imageJson({ created })])).toEqual([
        `[0].dateCreated:1:1 "[0].dateCreated" must be a date such as "2027-01-31" or "2027-01-31T08:30:00Z"; found ${JSON.stringify(created)} [invalid-date]`,
      ]);
    },
  );

  test.each<[string, object, string[]]>([
    [
      "no list",
      {},
      [
        'images.json:1:1 the list of images must be a list, or an object with "images", "imageSummaryList", "imageVersionList" or "image"; found an object [wrong-type]',
      ],
    ],
    ["an item that is none", [1], ['[0]:1:1 "[0]" must be an object; found 1 [wrong-type]']],
    ["an item that is nothing", [null], ['[0]:1:1 "[0]" must be an object; found nothing [wrong-type]']],
    [
      "a version without a build, as ListImages has it",
      [{ arn: ARN.slice(0, -2), dateCreated: "2026-01-01" }],
      [
        '[0]:1:1 "[0]" must have "state" [missing-key]',
        `[0].arn:1:1 "[0].arn" must be the ARN of an image's build: arn:aws:imagebuilder:<region>:<owner>:image/<name>/<major>.<minor>.<patch>/<build>; found "${ARN.slice(0, -2)}" [value-not-allowed]`,
      ],
    ],
    ["nothing of what is needed", [{}], ["state", "arn", "dateCreated"].map((name) => `[0]:1:1 "[0]" must have "${name}" [missing-key]`)],
    [
      "a status that is none",
      [imageJson({ status: "OLD" })],
      [
        '[0].state.status:1:1 "[0].state.status" must be "AVAILABLE", "BUILDING", "CANCELLED", "CREATING", "DELETED", "DEPRECATED", "DISABLED", "DISTRIBUTING", "FAILED", "INTEGRATING", "PENDING" or "TESTING"; found "OLD" [value-not-allowed]',
      ],
    ],
    [
      "an AMI without ID and region",
      [imageJson({ ami: { image: undefined, region: "" } })],
      [
        '[0].outputResources.amis[0]:1:1 "[0].outputResources.amis[0]" must have "image" [missing-key]',
        '[0].outputResources.amis[0].region:1:1 "[0].outputResources.amis[0].region" must not be empty [value-empty]',
      ],
    ],
    [
      "facts of the wrong type",
      [imageJson({ ami: { isPublic: 1, sharedAccounts: [1], tags: [], snapshots: [{}], lastLaunched: 5 }, tags: { a: 1 }, usedBy: "me" })],
      [
        '[0].tags.a:1:1 "[0].tags.a" must be a string; found 1 [wrong-type]',
        '[0].usedBy:1:1 "[0].usedBy" must be a list; found "me" [wrong-type]',
        '[0].outputResources.amis[0].isPublic:1:1 "[0].outputResources.amis[0].isPublic" must be true or false; found 1 [wrong-type]',
        '[0].outputResources.amis[0].lastLaunched:1:1 "[0].outputResources.amis[0].lastLaunched" must be a string; found 5 [wrong-type]',
        '[0].outputResources.amis[0].sharedAccounts[0]:1:1 "[0].outputResources.amis[0].sharedAccounts[0]" must be a string; found 1 [wrong-type]',
        '[0].outputResources.amis[0].tags:1:1 "[0].outputResources.amis[0].tags" must be an object; found a list of 0 [wrong-type]',
        '[0].outputResources.amis[0].snapshots[0]:1:1 "[0].outputResources.amis[0].snapshots[0]" must have "snapshotId" [missing-key]',
      ],
    ],
    [
      "a misspelt member",
      [imageJson({ useBy: [], ami: { ispublic: true } })],
      [
        '[0].useBy:1:1 warning: unknown key "useBy" of "[0]" is not read; did you mean "usedBy"? [unknown-key]',
        '[0].outputResources.amis[0].ispublic:1:1 warning: unknown key "ispublic" of "[0].outputResources.amis[0]" is not read; did you mean "isPublic"? [unknown-key]',
      ],
    ],
    ["an image that is there twice", [imageJson(), imageJson()], ["[1].arn:1:1 this image is in the list twice [repeated-image]"]],
  ])("%s", (_what, value, expected) => {
    expect(faults(value)).toEqual(expected);
  });

  test("places are those of the text", () => {
    const text = `[\n  ${JSON.stringify(imageJson())},\n  { "image": { "arn": "${ARN.replace(/1$/, "2")}", "dateCreated": "soon", "state": { "status": "AVAILABLE" } } }\n]`;
    expect(shown(readImages(text, { name: "my.json" }).diagnostics)).toEqual([
      'my.json:3:103 "[1].image.dateCreated" must be a date such as "2027-01-31" or "2027-01-31T08:30:00Z"; found "soon" [invalid-date]',
    ]);
  });

  test("reading ends after 100 errors", () => {
    const { images, diagnostics } = readImages(
      JSON.stringify(Array.from({ length: 1000 }, (_, build) => imageJson({ build, created: "?" }))),
    );
    expect([images, diagnostics.length]).toEqual([undefined, 101]);
    expect(diagnostics.filter(({ code }) => code === "too-many-faults").map(({ message }) => message)).toEqual([
      "the list has 100 errors up to here; the rest of it is not read",
    ]);
  });

  test("warnings end after 100, and reading continues", () => {
    const list = Array.from({ length: 300 }, (_, build) => imageJson({ build, useBy: [] }));
    const { images, diagnostics } = readImages(JSON.stringify(list));
    expect([images?.length, diagnostics.length]).toEqual([300, 101]);
    expect(diagnostics.at(-1)?.message).toBe("the list of images has 100 warnings up to here; no others are shown");
    expect(readImages(JSON.stringify([...list, imageJson({ created: "?" })])).diagnostics.at(-1)?.code).toBe("invalid-date");
  });

  test("values may be deeper than the stack", () => {
    const depth = 50_000;
    const deep = `${'{"a":'.repeat(depth)}1${"}".repeat(depth)}`;
    expect(shown(readImages(deep).diagnostics)).toEqual([
      'images.json:1:1 the list of images must be a list, or an object with "images", "imageSummaryList", "imageVersionList" or "image"; found an object [wrong-type]',
    ]);
    const text = `[${JSON.stringify(imageJson()).slice(0, -1)}, "workflows": ${deep}}, {}]`;
    const place = `images.json:1:${text.length - 2}`;
    expect(shown(readImages(text).diagnostics)).toEqual(
      ["state", "arn", "dateCreated"].map((name) => `${place} "[1]" must have "${name}" [missing-key]`),
    );
  });
});
