import { execFile, execFileSync } from "node:child_process";
import { mkdirSync, openSync, readdirSync, readFileSync, readSync, realpathSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { withTemporaryFolder } from "@imagewright/test-kit";
import { expect, test } from "@jest/globals";

const SCRIPT = join(import.meta.dirname, "..", "..", "build-release.js");

/** How each begins: the kind of the file and the processor, by the headers of PE, ELF and Mach-O. */
const BEGINNINGS = {
  "ib-agent-darwin-arm64": /^cffaedfe0c000001/,
  "ib-agent-darwin-x64": /^cffaedfe07000001/,
  "ib-agent-linux-arm64": /^7f454c46.{24}(02|03)00b700/,
  "ib-agent-linux-x64": /^7f454c46.{24}(02|03)003e00/,
  "ib-agent-windows-x64.exe": /^4d5a/,
};

function beginningOf(path: string): string {
  const bytes = Buffer.alloc(32);
  readSync(openSync(path, "r"), bytes, 0, bytes.length, 0);
  return bytes.toString("hex");
}

test("the release has an executable for each platform, with checksums, licences and what is in them", () =>
  withTemporaryFolder(async (folder) => {
    const { stdout } = await promisify(execFile)(process.execPath, [SCRIPT, folder]);
    const names = Object.keys(BEGINNINGS);
    expect(readdirSync(folder).sort()).toEqual(["SHA256SUMS", ...names, "npm", "sbom.cdx.json", "third-party-notices.txt"]);
    for (const [name, beginning] of Object.entries(BEGINNINGS))
      expect([name, beginningOf(join(folder, name))]).toEqual([name, expect.stringMatching(beginning)]);
    const checked = execFileSync("sha256sum", ["--check", "SHA256SUMS"], { cwd: folder, encoding: "utf8" });
    expect(checked.trim().split("\n").sort()).toEqual(names.map((name) => `${name}: OK`));
    expect(stdout.split("\n").filter((line) => /^\| ib-agent-\S+ \| \d+ \| \d+ \|$/.test(line))).toHaveLength(names.length);

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
  writeFileSync(join(user, "package.json"), JSON.stringify({ ...manifest, overrides: others }));
  await npm("install", "--no-audit", "--no-fund", "--offline");
  expect(readdirSync(join(user, "node_modules", "@imagewright")).sort()).toEqual(["agent", `agent-linux-${process.arch}`]);
  writeFileSync(
    join(user, "find.mjs"),
    'import { agentExecutable } from "@imagewright/agent";\nprocess.stdout.write(agentExecutable());\n',
  );
  const found = execFileSync(process.execPath, ["find.mjs"], { cwd: user, encoding: "utf8" });
  expect(found).toBe(join(realpathSync(user), "node_modules", "@imagewright", `agent-linux-${process.arch}`, "ib-agent"));
  expect(execFileSync(found, ["run", "--version"], { encoding: "utf8" })).toBe("0.0.0\n");
}
