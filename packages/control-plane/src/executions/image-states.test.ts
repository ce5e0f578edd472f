import type { Api } from "@imagewright/imagebuilder-model";
import { beforeAll, describe, expect, test } from "@jest/globals";
import { createImageIn, eventsOf, statesOf, thrownBy } from "../testing/images.js";
import { ARN, Scene } from "../testing/scene.js";
import { storeImageSources } from "../testing/store-row.js";

const scene = new Scene();
beforeAll(() => storeImageSources(scene));

const create = (more?: object) => createImageIn(scene, more);
const get = async (imageBuildVersionArn: string) => (await scene.call("GetImage", { imageBuildVersionArn })).image;

describe("an image", () => {
  test("passes its stages; each change has its event, and a repeated one changes nothing", async () => {
    const arn = await create();
    for (const to of ["CREATING", "BUILDING", "BUILDING", "TESTING", "DISTRIBUTING", "INTEGRATING", "AVAILABLE", "AVAILABLE"] as const)
      await scene.plane.images.transition(arn, to);
    expect(await statesOf(scene, arn)).toEqual([
      "null PENDING",
      "PENDING CREATING",
      "CREATING BUILDING",
      "BUILDING TESTING",
      "TESTING DISTRIBUTING",
      "DISTRIBUTING INTEGRATING",
      "INTEGRATING AVAILABLE",
    ]);
    expect((await eventsOf(scene, arn))[1]).toEqual({
      ...{ type: "image.state-changed", region: "eu-west-1", account: "123456789012", previous_state: "PENDING", state: "CREATING" },
      ...{ resources: [arn], detail: { "previous-state": { status: "PENDING" }, state: { status: "CREATING" } } },
      occurred_at: new Date("2026-11-29T10:00:00Z"),
    });
  });

  test("BLD-010: that fails says why and where, in each Region too, in texts of at most 1,024 characters", async () => {
    const arn = await create({ imageScanningConfiguration: { imageScanningEnabled: true } });
    await scene.plane.images.transition(arn, "BUILDING");
    const long = "é".repeat(2000);
    const ofRegion = {
      region: "eu-west-1",
      status: "FAILED",
      targetAccountId: "210987654321",
      imageConfigurationStep: "UPDATE_LAUNCH_TEMPLATES",
    } as const;
    const other = { region: "us-east-1", status: "CANCELLED" } as const;
    const failureContext: Api.ImageFailureContext = {
      ...{ workflowExecutionId: "wf-00000000-0000-4000-8000-000000000000", failedStep: "Install" },
      componentFailure: { phaseName: "build", stepName: "one", action: "ExecuteBash", errorMessage: long },
      distributionFailure: { errorMessage: long, regionFailures: [{ ...ofRegion, errorMessage: long }, other] },
    };
    await scene.plane.images.transition(arn, "FAILED", { reason: long, failureContext });
    const errorMessage = "é".repeat(1024);
    const image = await get(arn);
    expect(image?.state).toEqual({
      ...{ status: "FAILED", reason: errorMessage },
      failureContext: {
        ...{ imageStatus: "BUILDING", workflowExecutionId: "wf-00000000-0000-4000-8000-000000000000", failedStep: "Install" },
        componentFailure: { phaseName: "build", stepName: "one", action: "ExecuteBash", errorMessage },
        distributionFailure: { errorMessage, regionFailures: [{ ...ofRegion, errorMessage }, other] },
      },
    });
    expect(image?.scanState).toEqual({ status: "ABANDONED" });
    expect((await eventsOf(scene, arn)).at(-1)?.["detail"]).toEqual({
      ...{ "previous-state": { status: "BUILDING" }, state: { status: "FAILED", reason: errorMessage } },
    });
  });

  test("is refused a state that cannot follow, and nothing is stored", async () => {
    const arn = await create();
    await scene.plane.images.transition(arn, "TESTING");
    expect(await thrownBy(scene.plane.images.transition(arn, "BUILDING"))).toBe(
      `control-plane/no-such-transition: ${arn} is TESTING and cannot become BUILDING; allowed: DISTRIBUTING, INTEGRATING, AVAILABLE, FAILED, CANCELLED`,
    );
    expect(await statesOf(scene, arn)).toEqual(["null PENDING", "PENDING TESTING"]);
    const none = `${ARN}image/none/1.0.0/1`;
    expect(await thrownBy(scene.plane.images.transition(none, "BUILDING"))).toBe(
      `control-plane/no-such-image: there is no image with the ARN ${none}`,
    );
  });

  test("that two runners end at once ends once", async () => {
    const arn = await create();
    await scene.plane.images.transition(arn, "BUILDING");
    const ends = (["AVAILABLE", "FAILED", "CANCELLED"] as const).map((to) => thrownBy(scene.plane.images.transition(arn, to)));
    const refused = (await Promise.all(ends)).filter((thrown) => thrown !== "nothing");
    expect(refused).toHaveLength(2);
    expect(await statesOf(scene, arn)).toHaveLength(3);
  });

  test("has packages by name and version, in pages", async () => {
    const imageBuildVersionArn = await create();
    const packages = Array.from({ length: 30 }, (_, index) => ({ packageName: `p${String(index).padStart(2, "0")}`, packageVersion: "1" }));
    await scene.plane.images.storePackages(imageBuildVersionArn, [...packages.reverse(), { packageName: "p00", packageVersion: "1" }]);
    const first = await scene.call("ListImagePackages", { imageBuildVersionArn });
    const second = await scene.call("ListImagePackages", { imageBuildVersionArn, nextToken: first.nextToken });
    expect([...(first.imagePackageList ?? []), ...(second.imagePackageList ?? [])]).toEqual(packages.reverse());
    expect([first.imagePackageList?.length, second.nextToken]).toEqual([25, undefined]);
  });
});
