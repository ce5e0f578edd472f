// Faked: KMS, by a server on loopback that speaks its protocol to the real SDK.
import { randomBytes, randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { kmsDataKeys } from "@imagewright/aws";
import { inspectEngines } from "@imagewright/build-hosts";
import { testImageProblem } from "@imagewright/build-hosts/contract";
import { createControlPlane, type ControlPlane } from "@imagewright/control-plane";
import { KeyService } from "@imagewright/test-kit/key-service";
import type { LoopbackServer } from "@imagewright/test-kit/loopback-server";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { ACCOUNT, ExecutionScene, REGION } from "./testing/execution-scene.js";

const buildah = (await inspectEngines()).find(({ engine }) => engine === "buildah");
const problem = buildah?.usable === true ? testImageProblem() : `buildah ${buildah?.finding}`;
const DATA = JSON.stringify({
  schemaVersion: "1.0",
  phases: [{ name: "build", steps: [{ name: "Only", action: "ExecuteBash", inputs: { commands: ["echo built under a key"] } }] }],
});

(problem === undefined ? describe : describe.skip)(
  `images of resources that have keys of their own${problem === undefined ? "" : ` (skipped: ${problem})`}`,
  () => {
    const service = new KeyService();
    let kms: LoopbackServer;
    let scene: ExecutionScene;
    let plane: ControlPlane;
    let environment: Readonly<Record<string, string>>;
    beforeAll(async () => {
      [kms, scene] = await Promise.all([service.start(), ExecutionScene.open()]);
      environment = { AWS_ENDPOINT_URL_KMS: kms.url, AWS_ACCESS_KEY_ID: "S3RVER", AWS_SECRET_ACCESS_KEY: "S3RVER" };
      const credentials = { accessKeyId: "S3RVER", secretAccessKey: "S3RVER" };
      plane = await createControlPlane({
        ...{ database: scene.database.url, clock: () => new Date(), random: randomBytes, regions: [REGION] },
        readObject: () => Promise.reject(new Error("there is no S3")),
        resourceKeys: { setting: "use", service: kmsDataKeys({ endpoint: kms.url, credentials }) },
      });
    }, 600_000);
    afterAll(async () => {
      await plane.close();
      await scene.close();
      await kms.close();
    }, 600_000);

    /** Asks for an image with a component under a key. */
    async function createImage(name: string, kmsKeyId: string): Promise<string> {
      const caller = { account: ACCOUNT, region: REGION, principal: `arn:aws:iam::${ACCOUNT}:root` };
      const input = { name, semanticVersion: "1.0.0", platform: "Linux", data: DATA, kmsKeyId, clientToken: randomUUID() } as const;
      const { componentBuildVersionArn: componentArn } = await plane.call("CreateComponent", input, caller);
      return scene.createImage(`${name}-image`, { build: ["true"] }, { recipe: { components: [{ componentArn }] } });
    }

    test("they are built while the key opens their documents, and fail with the reason when it does not", async () => {
      const key = service.addKey(REGION, "images");
      const first = await scene.serve("data", 2, { environment });
      const good = await scene.ended(await createImage("good", key));
      expect([good.state?.status, good.state?.reason]).toEqual(["AVAILABLE", undefined]);
      await scene.end(first);

      const bad = await createImage("bad", key);
      service.states.set(key, "disabled");
      // it has opened nothing yet
      await scene.serve("data", 2, { environment });
      const { state } = await scene.ended(bad);
      expect([state?.status, state?.reason]).toEqual(["FAILED", expect.stringContaining(`DisabledException: "${key} is disabled."`)]);
    }, 600_000);

    test("they wait while KMS cannot be reached", async () => {
      await scene.endServers();
      const arn = await createImage("waiting", service.addKey(REGION, "waiting"));
      service.isDown = true;
      await scene.serve("data", 2, { environment });
      while (service.failed === 0) await sleep(50);
      service.isDown = false;
      const { state } = await scene.ended(arn);
      expect([state?.status, state?.reason]).toEqual(["AVAILABLE", undefined]);
    }, 600_000);
  },
);
