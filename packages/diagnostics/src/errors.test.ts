import { describe, expect, test } from "@jest/globals";
import type * as diagnostics from "./index.js";
import { describeCause, errorRow, errorTable, httpStatus, ImagewrightError, isImagewrightError, quote } from "./index.js";

const hostError = errorTable("hosts", {
  "image-not-found": errorRow("not-found", (data: { image: string }) => ({ message: `no image ${quote(data.image)}`, hints: ["pull it"] })),
  "disk-full": errorRow("unavailable", (data: { path: string }) => ({ message: `no space left at ${quote(data.path)}` })),
});

describe("errorTable", () => {
  test("an error has code, class, message, data, hints and cause", () => {
    const cause = new Error("exit 125");
    const error = hostError("image-not-found", { image: "x" }, { cause });
    expect(error).toBeInstanceOf(ImagewrightError);
    expect({ ...error, message: error.message, cause: error.cause, localCode: error.localCode }).toEqual({
      code: "hosts/image-not-found",
      localCode: "image-not-found",
      errorClass: "not-found",
      name: "ImagewrightError",
      message: 'no image "x"',
      data: { image: "x" },
      hints: ["pull it"],
      cause,
    });
    expect(hostError("disk-full", { path: "/" }).hints).toEqual([]);
  });

  test("the table can be read", () => {
    expect(hostError.namespace).toBe("hosts");
    expect(Object.keys(hostError.rows)).toEqual(["image-not-found", "disk-full"]);
  });
});

describe("isImagewrightError", () => {
  const error: unknown = hostError("disk-full", { path: "/" });

  test("knows any error of any table, and the one that a code names", () => {
    expect(isImagewrightError(error)).toBe(true);
    expect(isImagewrightError(error, "hosts/disk-full")).toBe(true);
    expect(isImagewrightError(error, "other/disk-full")).toBe(false);
    for (const other of [new Error("x"), { code: "hosts/disk-full" }, "hosts/disk-full", null, undefined])
      expect(isImagewrightError(other)).toBe(false);
  });

  test("knows the errors of another copy of this package", async () => {
    const copy = (await import(`${import.meta.dirname}/../dist/index.js`)) as typeof diagnostics;
    const foreign: unknown = copy.errorTable("copy", { gone: copy.errorRow("not-found", (_: object) => ({ message: "gone" })) })(
      "gone",
      {},
    );
    expect(foreign).not.toBeInstanceOf(ImagewrightError);
    expect(isImagewrightError(foreign, "copy/gone") && foreign.message).toBe("gone");
    expect(copy.isImagewrightError(error)).toBe(true);
  });
});

describe("httpStatus", () => {
  test("follows the class of the error; anything else is internal", () => {
    const statusOf = (errorClass: ConstructorParameters<typeof ImagewrightError>[1]) =>
      httpStatus(new ImagewrightError("test/it", errorClass, { message: "it" }, {}));
    expect(
      (["invalid", "forbidden", "not-found", "conflict", "in-use", "limit", "throttled", "unavailable", "failed"] as const).map(statusOf),
    ).toEqual([400, 403, 404, 409, 409, 402, 429, 503, 500]);
    expect(httpStatus(new TypeError("x"))).toBe(500);
  });
});

test("describeCause returns one line for any thrown value", () => {
  expect([describeCause(new Error("a\nb")), describeCause("c"), describeCause(new Error(""))]).toEqual(["a", "c", "unknown error"]);
});
