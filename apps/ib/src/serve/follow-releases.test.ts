import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, test } from "@jest/globals";
import { BUILT_IN_CATALOGUE, type BaseImage } from "@imagewright/catalogue";
import { followReleases, type UnknownRelease } from "./follow-releases.js";

/** Follows the mirror that answers with the date until all images were looked at; what was stored and told. */
async function followed(date: string, newest?: string): Promise<{ stored: readonly string[]; told: readonly UnknownRelease[] }> {
  const mirror = createServer((_, response) => response.end(`Date: ${date}\n`)).listen(0, "127.0.0.1");
  await once(mirror, "listening");
  const url = `http://127.0.0.1:${(mirror.address() as AddressInfo).port}`;
  const [stored, told]: [string[], UnknownRelease[]] = [[], []];
  const images = BUILT_IN_CATALOGUE.baseImages;
  const managed = {
    addRelease: ({ name }: BaseImage, released: Date) => {
      stored.push(`${name} ${released.toISOString()}`);
      return Promise.resolve([]);
    },
    newestRelease: () => Promise.resolve(newest),
  };
  const end = followReleases({ images, mirror: url, managed: () => managed, onUnknown: (problem) => told.push(problem) });
  while (stored.length + told.length < images.length) await new Promise((resolve) => setTimeout(resolve, 5));
  await end();
  mirror.close();
  mirror.closeAllConnections();
  return { stored, told };
}

test("what the mirror says is stored for each image", async () => {
  const { stored, told } = await followed("Sat, 06 Sep 2025 09:48:14 UTC");
  expect([stored, told]).toEqual([["debian-12-x86 2025-09-06T09:48:14.000Z", "debian-13-x86 2025-09-06T09:48:14.000Z"], []]);
});

test("a date in the future is not stored, since it would be the newest for ever", async () => {
  const { stored, told } = await followed("Fri, 31 Dec 9999 23:59:59 UTC", "2025.09.06");
  const cause = "the mirror says 9999-12-31T23:59:59.000Z, which is in the future";
  expect([stored, told[0]]).toEqual([[], { image: "debian-12-x86", cause, newest: "2025.09.06" }]);
});

test("it is asked again after a day, and after an hour if there was no answer, which is told once", async () => {
  let isUp = false;
  const mirror = createServer((_, response) =>
    isUp ? response.end("Date: Sat, 06 Sep 2025 09:48:14 UTC\n") : response.writeHead(503).end(),
  );
  await once(mirror.listen(0, "127.0.0.1"), "listening");
  const [pauses, told]: [number[], string[]] = [[], []];
  await new Promise<void>((resolve) => {
    const end = followReleases({
      ...{ images: BUILT_IN_CATALOGUE.baseImages.slice(0, 1), mirror: `http://127.0.0.1:${(mirror.address() as AddressInfo).port}` },
      managed: () => ({ addRelease: () => Promise.resolve([]), newestRelease: () => Promise.resolve(undefined) }),
      onUnknown: ({ cause }) => told.push(cause),
      pause: (milliseconds) => {
        pauses.push(milliseconds / 3_600_000);
        isUp = pauses.length === 2;
        if (pauses.length === 4) void end().then(resolve);
        return Promise.resolve();
      },
    });
  });
  mirror.close();
  mirror.closeAllConnections();
  expect(pauses).toEqual([1, 1, 24, 1]);
  expect(told).toEqual([expect.stringContaining("the mirror answers 503"), expect.stringContaining("the mirror answers 503")]);
});

test("none asks nowhere", async () => {
  const told: UnknownRelease[] = [];
  const managed = { addRelease: () => Promise.resolve([]), newestRelease: () => Promise.resolve(undefined) };
  const images = BUILT_IN_CATALOGUE.baseImages;
  const end = followReleases({ images, mirror: "none", managed: () => managed, onUnknown: (problem) => told.push(problem) });
  // long enough to find that this is no address
  await new Promise((resolve) => setTimeout(resolve, 100));
  await end();
  expect(told).toEqual([]);
});
