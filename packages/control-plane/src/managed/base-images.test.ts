import { BUILT_IN_CATALOGUE } from "@imagewright/catalogue";
import { expect, test } from "@jest/globals";
import { REGION, Scene } from "../testing/scene.js";

const scene = new Scene();
const AWS = `arn:aws:imagebuilder:${REGION}:aws:`;
const [bookworm, trixie] = BUILT_IN_CATALOGUE.baseImages;
if (bookworm === undefined || trixie === undefined) throw new Error("there are no base images");
const add = async (date: string, image = bookworm) =>
  (await scene.plane.managed.addRelease(image, new Date(date))).filter((arn) => arn.startsWith(AWS)).map((arn) => arn.slice(AWS.length));

test("MGD-004: a base image has a version for each date of its release; an older date and the same one make none", async () => {
  expect(await scene.plane.managed.newestRelease(bookworm)).toBeUndefined();
  expect(await add("2025-09-06T10:00:00Z")).toEqual(["image/debian-12-x86/2025.09.06/1"]);
  expect(await add("2025-09-06T23:59:59Z")).toEqual([]);
  expect(await add("2025-07-01T10:00:00Z")).toEqual([]);
  expect(await add("2026-01-10T10:00:00Z")).toEqual(["image/debian-12-x86/2026.01.10/1"]);
  expect(await add("2025-08-09T10:00:00Z", trixie)).toEqual(["image/debian-13-x86/2025.08.09/1"]);
  expect(await scene.plane.managed.newestRelease(bookworm)).toBe("2026.01.10");
});

test("it is AVAILABLE and listed with owner Amazon; x.x.x is the newest, and the first is still there", async () => {
  const get = async (version: string) =>
    (await scene.call("GetImage", { imageBuildVersionArn: `${AWS}image/debian-12-x86/${version}` })).image;
  expect(await get("x.x.x")).toEqual({
    ...{ arn: `${AWS}image/debian-12-x86/2026.01.10/1`, name: "debian-12-x86", version: "2026.01.10/1", type: "AMI", platform: "Linux" },
    ...{ osVersion: "Debian GNU/Linux 12", imageSource: "AMAZON_MANAGED", state: { status: "AVAILABLE" }, outputResources: {}, tags: {} },
    dateCreated: "2026-11-29T10:00:00.000Z",
  });
  expect((await get("2025.09.06/1"))?.arn).toBe(`${AWS}image/debian-12-x86/2025.09.06/1`);
  const { imageVersionList = [] } = await scene.call("ListImages", { owner: "Amazon", byName: true });
  expect(imageVersionList.map(({ arn }) => arn)).toEqual([`${AWS}image/debian-12-x86/x.x.x`, `${AWS}image/debian-13-x86/x.x.x`]);
});

const recipe = (parentImage: string, more: object = {}) => ({ name: "web", semanticVersion: "x.x.x", parentImage, ...more });

test("MGD-004: recipes name it by x.x.x, and get its platform", async () => {
  const { imageRecipeArn } = await scene.call("CreateImageRecipe", recipe(`${AWS}image/debian-12-x86/x.x.x`));
  expect((await scene.call("GetImageRecipe", { imageRecipeArn: imageRecipeArn ?? "" })).imageRecipe?.platform).toBe("Linux");
  // what the service does not have is looked up by whatever builds
  await scene.call("CreateImageRecipe", recipe(`${AWS}image/amazon-linux-2-x86/x.x.x`));
});

test.each([
  [
    "a date that no release has",
    recipe(`${AWS}image/debian-12-x86/2020.01.01`),
    `parentImage' is not valid. Resource of type 'Image' with identifier '${AWS}image/debian-12-x86/2020.01.01' cannot be found.`,
  ],
  [
    "components for another platform",
    recipe(`${AWS}image/debian-13-x86/x.x.x`, { components: [{ componentArn: `${AWS}component/hello-world-windows/x.x.x` }] }),
    "parentImage' is not valid. the image is for Linux, and the components are for Windows; allowed: one platform.",
  ],
])("a recipe with %s is refused", async (_, input, expected) => {
  await scene.plane.managed.keep(BUILT_IN_CATALOGUE);
  expect(await scene.refused("CreateImageRecipe", input)).toContain(expected);
});
