import { expect, test } from "@jest/globals";
import { ImagewrightError } from "@imagewright/diagnostics";
import { attempt } from "./attempt.js";

function systemError(code: string): Error {
  return Object.assign(new Error(`${code}: raw text, open '/a'`), { code, syscall: "open" });
}

test.each([
  ["EACCES", "permission denied"],
  ["EBUSY", "it is in use"],
  ["EIO", "the disk reported an error"],
  ["EROFS", "the file system is read-only"],
  ["ETXTBSY", "it is a program that is running"],
  ["EXDEV", "the system reported EXDEV"],
])("%s becomes a sentence with the path", async (code, reason) => {
  const failure = attempt("write file", "/a", () => Promise.reject(systemError(code)));
  await expect(failure).rejects.toMatchObject({
    code: "action-modules-core/file-operation-failed",
    message: `cannot write file "/a": ${reason}`,
    cause: { code },
  });
});

test("with a hint if one is known", async () => {
  const failure = attempt("write file", "/a", () => Promise.reject(systemError("ENOSPC")));
  await expect(failure).rejects.toMatchObject({ hints: ["free some space, or give the machine a larger disk"] });
});

test("anything else passes as it is", async () => {
  const own = new ImagewrightError("test/not-text", "invalid", { message: "says enough" }, {});
  await expect(attempt("write file", "/a", () => Promise.reject(own))).rejects.toBe(own);
  const aborted = AbortSignal.abort().reason as unknown;
  await expect(attempt("write file", "/a", () => Promise.reject(aborted))).rejects.toBe(aborted);
});
