import { expect, test } from "@jest/globals";
import { parsePermissions } from "./permissions.js";

test.each([
  ["0777", 0o777],
  ["777", 0o777],
  ["766", 0o766],
  ["0644", 0o644],
  ["000", 0],
  ["4755", 0o4755],
  ["1777", 0o1777],
  ["04755", 0o4755],
])("the permissions %s", (text, mode) => {
  expect(parsePermissions(text)).toBe(mode);
});

test.each(["", "7", "77", "0888", "0x1ff", "0o777", "u+x", "-rw-r--r--", "014755", "755 ", "7.5e2"])("%j are no permissions", (text) => {
  expect(() => parsePermissions(text)).toThrow(
    `permissions must be three or four octal digits, such as 0644 or 755; found ${JSON.stringify(text)}`,
  );
});
