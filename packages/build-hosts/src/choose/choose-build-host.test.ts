import { expect, test } from "@jest/globals";
import { withTemporaryFolder } from "@imagewright/test-kit";
import { chooseBuildHost, inspectEngines } from "../index.js";

const reports = await inspectEngines();

test("an unknown engine is rejected with a list of the known ones", async () => {
  await withTemporaryFolder((stateFolder) =>
    expect(chooseBuildHost({ preferred: "buildha", stateFolder })).rejects.toMatchObject({
      ...{
        code: "build-hosts/engine-unknown",
        message: 'unknown engine "buildha"; allowed: "buildah", "docker" or "podman"; did you mean "buildah"?',
      },
    }),
  );
});

for (const { engine, usable, finding, fix } of reports) {
  test(`${engine}, which ${finding}, is ${usable ? "used" : "rejected"} when it is requested`, async () => {
    await withTemporaryFolder(async (stateFolder) => {
      const choice = chooseBuildHost({ preferred: engine, stateFolder });
      if (usable) expect(await choice).toMatchObject({ host: { name: engine }, reason: "it was requested" });
      else
        await expect(choice).rejects.toMatchObject({
          code: "build-hosts/engine-not-usable",
          message: `${engine} was requested, but it ${finding}`,
          hints: [fix ?? `apt-get install ${engine}`],
        });
    });
  });
}

const first = reports.findIndex(({ usable }) => usable);
(first < 0 ? test.skip : test)("the first that works is used; the reason lists the problems of those before it", async () => {
  await withTemporaryFolder(async (stateFolder) => {
    const reported = [...reports.slice(first, first + 1), ...reports.slice(0, first)].map(({ engine, finding }) => `${engine} ${finding}`);
    expect(await chooseBuildHost({ stateFolder })).toMatchObject({ host: { name: reports[first]?.engine }, reason: reported.join("; ") });
  });
});
