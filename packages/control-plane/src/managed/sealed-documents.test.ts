import { BUILT_IN_CATALOGUE } from "@imagewright/catalogue";
import { expect, test } from "@jest/globals";
import { keyFileWrapper, newKeyFile } from "../encryption/key-wrapper.js";
import { REGION, Scene } from "../testing/scene.js";

const scene = new Scene();

test("documents that come with the service are sealed like others, and the same content stays one build", async () => {
  const plane = await scene.open({ encryptionKey: keyFileWrapper(newKeyFile(), "one.key") });
  const stored = await plane.managed.keep(BUILT_IN_CATALOGUE);
  const { rows } = await scene.pool.query<{ document: string }>("select document from resource where owner = 'aws'");
  expect([rows.length, rows.filter(({ document }) => document.startsWith("\u0001sealed:")).length]).toEqual([stored.length, stored.length]);
  const componentBuildVersionArn = `arn:aws:imagebuilder:${REGION}:aws:component/update-linux/x.x.x`;
  const caller = { account: "123456789012", region: REGION, principal: "arn:aws:iam::123456789012:root" };
  const { component } = await plane.call("GetComponent", { componentBuildVersionArn }, caller);
  expect(component?.data).toBe(BUILT_IN_CATALOGUE.components.find(({ name }) => name === "update-linux")?.text);
  expect(await plane.managed.keep(BUILT_IN_CATALOGUE)).toEqual([]);
  await plane.close();
});
