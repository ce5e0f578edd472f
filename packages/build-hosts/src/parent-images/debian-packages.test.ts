import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, test } from "@jest/globals";
import { readDebianPackages } from "./debian-packages.js";

/** What is read from a mirror that has these suites with these days. */
async function packagesOf(days: Readonly<Record<string, string>>, status = 404): Promise<string> {
  const mirror = createServer(({ url }, response) => {
    const day = days[/\/dists\/([^/]+)\/Release$/.exec(url ?? "")?.[1] ?? ""];
    if (day === undefined) response.writeHead(status).end();
    else response.end(`Origin: Debian\nDate: ${day} Sep 2025 09:48:14 UTC\n`);
  }).listen(0, "127.0.0.1");
  await once(mirror, "listening");
  try {
    return await readDebianPackages("bookworm", { mirror: `http://127.0.0.1:${(mirror.address() as AddressInfo).port}/debian/` });
  } finally {
    mirror.closeAllConnections();
    mirror.close();
  }
}

test("the dates of a suite, of its updates and its security updates are what changes with its packages", async () => {
  const found = await packagesOf({ bookworm: "06", "bookworm-updates": "07", "bookworm-security": "08" });
  expect(found.split("\n")).toEqual([
    "0 bookworm 2025-09-06T09:48:14.000Z",
    "0 bookworm-updates 2025-09-07T09:48:14.000Z",
    "0 bookworm-security 2025-09-08T09:48:14.000Z",
  ]);
  expect(await packagesOf({ bookworm: "06" })).toBe("0 bookworm 2025-09-06T09:48:14.000Z");
});

test("a mirror without the suite, and one that fails for a part of it, are errors, not changes", async () => {
  await expect(packagesOf({})).rejects.toThrow(/cannot be read: the mirror answers 404$/);
  await expect(packagesOf({ bookworm: "06" }, 503)).rejects.toThrow(/bookworm-updates\/Release" cannot be read: the mirror answers 503$/);
});
