import { expect, test } from "@jest/globals";
import { cachedName, PACKAGES_OF_VARIANTS } from "./debian-variants.js";

// the name changes with the list: a cache of an earlier list must not be taken
test("the cache of each variant has a name of its own", () => {
  expect(cachedName("bookworm", "minimal")).toBe("localhost/imagewright/mmdebstrap:bookworm-minimal");
  expect(cachedName("trixie", "ec2like")).toMatch(/^localhost\/imagewright\/mmdebstrap:trixie-ec2like-[0-9a-f]{8}$/);
});

test("the packages are sorted, so that a list with the same ones has the same name", () => {
  const { ec2like } = PACKAGES_OF_VARIANTS;
  expect(ec2like).toEqual([...new Set(ec2like)].sort());
  expect(ec2like).toEqual(expect.arrayContaining(["sudo", "curl", "wget", "ca-certificates", "procps", "less"]));
});
