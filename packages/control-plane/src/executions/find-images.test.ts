import { beforeAll, expect, test } from "@jest/globals";
import { createImageIn } from "../testing/images.js";
import { ACCOUNT, REGION, Scene } from "../testing/scene.js";
import { storeImageSources } from "../testing/store-row.js";

const scene = new Scene();
beforeAll(() => storeImageSources(scene));

test("builds are found by name, version, build and state, the newest first", async () => {
  const arns = [];
  for (let number = 0; number < 3; number += 1) arns.unshift(await createImageIn(scene));
  const find = async (query: object = {}) =>
    (await scene.plane.findImages({ account: ACCOUNT, region: REGION, limit: 10, ...query })).map(({ arn }) => arn);
  await scene.call("CancelImageCreation", { imageBuildVersionArn: arns[1] });
  expect(await find()).toEqual(arns);
  expect(await find({ limit: 1 })).toEqual(arns.slice(0, 1));
  expect(await find({ name: "web-server", version: "1.0.0", build: 1 })).toEqual(arns.slice(2));
  expect(await find({ status: "CANCELLED" })).toEqual(arns.slice(1, 2));
  expect([await find({ name: "web" }), await find({ version: "1.0.1" }), await find({ account: "210987654321" })]).toEqual([[], [], []]);
  expect((await scene.plane.findImages({ account: ACCOUNT, region: REGION, status: "CANCELLED", limit: 1 }))[0]).toMatchObject({
    ...{ name: "Web Server", version: "1.0.0", build: 2, status: "CANCELLED", createdAt: new Date(scene.now) },
  });
});
