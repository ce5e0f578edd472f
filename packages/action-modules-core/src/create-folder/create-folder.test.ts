import { chmod, mkdir, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { testActionCases } from "@imagewright/test-kit/suites";
import { createFolder } from "./index.js";

const withFolder = async (folder: string) => {
  await mkdir(join(folder, "x"), { mode: 0o750 });
  await writeFile(join(folder, "x", "kept.txt"), "kept");
};

describe("CreateFolder, chapter 17: what it makes", () => {
  testActionCases(createFolder, [
    { name: "a folder", input: { path: "x" }, changes: ["+ x folder 0755 me"], changed: true },
    { name: "a folder whose path ends with separators", input: { path: "./x//" }, changes: ["+ x folder 0755 me"] },
    { name: "a folder by its absolute path", input: (folder) => ({ path: `${folder}/x` }), changes: ["+ x folder 0755 me"] },
    {
      name: "the folders above it",
      input: { path: "x/y/z" },
      changes: ["+ x folder 0755 me", "+ x/y folder 0755 me", "+ x/y/z folder 0755 me"],
    },
    { name: "an existing folder keeps its content and permissions", given: withFolder, input: { path: "x" }, changes: [], changed: false },
    {
      name: "an existing folder with overwrite true keeps its content",
      given: withFolder,
      input: { path: "x/", overwrite: true },
      changes: [],
    },
    { name: "overwrite false makes a folder that is not there", input: { path: "x", overwrite: false }, changes: ["+ x folder 0755 me"] },
    {
      name: "a link to a folder counts as a folder",
      given: async (folder) => {
        await withFolder(folder);
        await symlink("x", join(folder, "link"));
      },
      input: { path: "link/y" },
      changes: ["+ x/y folder 0755 me"],
    },
    { name: "the root of the machine is there already", input: { path: "/" }, changes: [] },
    { name: "the working directory is there already", input: { path: "." }, changes: [] },
  ]);
});

describe("CreateFolder, chapter 17: owner, group and permissions", () => {
  testActionCases(createFolder, [
    { name: "permissions are set regardless of the umask", input: { path: "x", permissions: "0777" }, changes: ["+ x folder 0777 me"] },
    { name: "permissions without a leading zero are octal too", input: { path: "x", permissions: "700" }, changes: ["+ x folder 0700 me"] },
    { name: "the special bits are set", input: { path: "x", permissions: "1777" }, changes: ["+ x folder 1777 me"] },
    {
      name: "permissions are for the last folder only",
      input: { path: "x/y", permissions: "0700" },
      changes: ["+ x folder 0755 me", "+ x/y folder 0700 me"],
    },
    {
      name: "permissions of an existing folder are changed, its content is not",
      given: withFolder,
      input: { path: "x", permissions: "0700" },
      changes: ["- x folder 0750 me", "+ x folder 0700 me"],
      changed: true,
    },
    {
      name: "permissions that an existing folder has already are not a change",
      given: withFolder,
      input: { path: "x", permissions: "0750" },
      changes: [],
      changed: false,
    },
    {
      name: "owner and group by id, and the special bits with them",
      runAs: "root",
      input: { path: "x", owner: "61234", group: "61235", permissions: "2775" },
      changes: ["+ x folder 2775 61234:61235"],
    },
    { name: "owner and group by name", runAs: "root", input: { path: "x", owner: "root", group: "root" }, changes: ["+ x folder 0755 me"] },
    { name: "an owner alone keeps the group", runAs: "root", input: { path: "x", owner: "61234" }, changes: ["+ x folder 0755 61234:0"] },
    { name: "a group alone keeps the owner", runAs: "root", input: { path: "x", group: "61235" }, changes: ["+ x folder 0755 0:61235"] },
  ]);
});

describe("CreateFolder, chapter 17: returns an error when", () => {
  testActionCases(createFolder, [
    {
      name: "overwrite is false and the folder exists",
      given: withFolder,
      input: { path: "x", overwrite: false },
      reason: 'cannot create folder "<folder>/x": it exists already, and "overwrite" is false',
    },
    {
      name: "a file has the name",
      given: (folder) => writeFile(join(folder, "x"), ""),
      input: { path: "x" },
      reason: 'cannot create folder "<folder>/x": a file has this name',
    },
    {
      name: "a file has the name and the path ends with a separator",
      given: (folder) => writeFile(join(folder, "x"), ""),
      input: { path: "x/" },
      reason: 'cannot create folder "<folder>/x": a file has this name',
    },
    {
      name: "one of the parent folders is a file",
      given: (folder) => writeFile(join(folder, "x"), ""),
      input: { path: "x/y/z" },
      reason: 'cannot create folder "<folder>/x/y/z": a part of the path is not a folder',
    },
    {
      name: "a dangling link has the name",
      given: (folder) => symlink("nowhere", join(folder, "x")),
      input: { path: "x" },
      reason: 'cannot create folder "<folder>/x": it exists already',
    },
    {
      name: "one of the parent folders is a dangling link",
      given: (folder) => symlink("nowhere", join(folder, "x")),
      input: { path: "x/y/z" },
      reason: 'cannot create folder "<folder>/x": it exists already',
    },
    {
      name: "you may not create a folder there",
      runAs: "nobody",
      input: { path: "x" },
      reason: 'cannot create folder "<folder>/x": permission denied',
    },
    {
      name: "you may not create the parent folders",
      runAs: "nobody",
      input: { path: "x/y/z" },
      reason: 'cannot create folder "<folder>/x": permission denied',
    },
    {
      name: "you may not give a new folder to someone else; the folder is removed",
      runAs: "nobody",
      given: (folder) => chmod(folder, 0o777),
      input: { path: "x", owner: "61234" },
      reason: 'cannot change the owner of "<folder>/x": the operation is not permitted',
    },
    {
      name: "you may not change the permissions of an existing folder",
      runAs: "nobody",
      given: withFolder,
      input: { path: "x", permissions: "0777" },
      reason: 'cannot change the permissions of "<folder>/x": the operation is not permitted',
    },
    {
      name: "there is no such user",
      input: { path: "x", owner: "no-such-user" },
      reason: 'no user named "no-such-user" on this machine',
    },
    {
      name: "there is no such group",
      input: { path: "x", group: "no-such-group" },
      reason: 'no group named "no-such-group" on this machine',
    },
    {
      name: "the permissions are not octal",
      input: { path: "x", permissions: "0789" },
      reason: 'permissions must be three or four octal digits, such as 0644 or 755; found "0789"',
    },
  ]);
});

test("CreateFolder reports inputs that Windows does not support before anything runs", () => {
  expect(createFolder.check?.({ path: "C:\\x", permissions: "0777", group: "Users" }, "windows")).toEqual([
    { path: ["group"], message: '"group" is not supported on Windows; it is for Linux and macOS' },
    { path: ["permissions"], message: '"permissions" is not supported on Windows; it is for Linux and macOS' },
  ]);
  expect(createFolder.check?.({ path: "x/", permissions: "0777" }, "darwin")).toEqual([]);
});
