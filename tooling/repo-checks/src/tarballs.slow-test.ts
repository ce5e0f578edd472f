import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, readdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { ROOT } from "./workspace.js";

// what others take alone: each packed as it would be published, and installed into a folder that knows nothing of this repository
interface Use {
  readonly code: string;
  readonly prints: string;
  /** Whether its types are about Node, so that its users need those of Node. */
  readonly forNode?: boolean;
}
const USES: Readonly<Record<string, Use>> = {
  "semver-resolver": {
    code: `import { parseVersion, selectVersion, VersionIndex, type Selection } from "@imagewright/semver-resolver";
const selection: Selection = selectVersion(new VersionIndex([parseVersion("1.7.8"), parseVersion("2.0.0")]), "1.x.x");
console.log(selection.chosen?.text);`,
    prints: "1.7.8\n",
  },
  "imagebuilder-model": {
    code: `import { operationOf, schemaOf, type Api } from "@imagewright/imagebuilder-model";
const status: Api.ImageStatus = "PENDING";
console.log(operationOf("GetImage").path + " " + schemaOf("ImageStatus").enum.includes(status));`,
    prints: "/GetImage true\n",
  },
  "cron-rate": {
    code: `import { explain, parseSchedule, type ParsedSchedule } from "@imagewright/cron-rate";
const { schedule }: ParsedSchedule = parseSchedule({ scheduleExpression: "rate(7 days)" }, { startedAt: new Date(0) });
console.log(schedule === undefined ? "no schedule" : explain(schedule));`,
    prints: "every 7 days",
  },
  "lifecycle-rules": {
    code: `import { readPolicy, type PolicyReading } from "@imagewright/lifecycle-rules";
const { diagnostics }: PolicyReading = readPolicy('{ "name": "web" }');
console.log(diagnostics.length > 0 ? "faults" : "none");`,
    prints: "faults\n",
  },
  "workflow-engine": {
    code: `import { checkWorkflow, createStepActionRegistry, type CheckedWorkflowText } from "@imagewright/workflow-engine";
import { SourceFile } from "@imagewright/diagnostics";
const { diagnostics }: CheckedWorkflowText = checkWorkflow(new SourceFile("w.yaml", "{}"), { registry: createStepActionRegistry([]) });
console.log(diagnostics.length > 0 ? "faults" : "none");`,
    prints: "faults\n",
    forNode: true,
  },
  "step-actions": {
    code: `import { stepActionContracts, launchInstanceContract } from "@imagewright/step-actions";
console.log(stepActionContracts.names.length + " " + launchInstanceContract.name);`,
    prints: "17 LaunchInstance\n",
    forNode: true,
  },
  "distribution-planner": {
    code: `import { planDistribution, type DistributionPlan } from "@imagewright/distribution-planner";
import { SourceFile } from "@imagewright/diagnostics";
const { plan, diagnostics } = planDistribution(new SourceFile("settings.json", "{}"), new SourceFile("build.json", "{}"));
const found: DistributionPlan | undefined = plan;
console.log(found === undefined && diagnostics.length > 0 ? "faults" : "none");`,
    prints: "faults\n",
  },
};

const folder = mkdtempSync(join(tmpdir(), "imagewright-tarballs-"));
// commands that pnpm starts find packages of this repository by NODE_PATH
const env = { ...process.env, NODE_PATH: "" };

const run = (file: string, parameters: readonly string[], cwd = folder) =>
  execFileSync(file, parameters, { cwd, env, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });

const TYPES = join(import.meta.dirname, "..", "node_modules", "@types");

/** The TypeScript compiler's errors for a file, in strict mode. */
function typeCheck(file: string, forNode: boolean): string {
  const compilerOptions = {
    noEmit: true,
    strict: true,
    module: "nodenext",
    target: "es2022",
    lib: ["es2023"],
    types: forNode ? ["node"] : [],
    typeRoots: [TYPES],
  };
  writeFileSync(join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions, files: [file] }));
  const { stdout } = spawnSync(process.execPath, [join(ROOT, "node_modules", "typescript", "bin", "tsc")], {
    cwd: folder,
    env,
    encoding: "utf8",
  });
  return stdout;
}

/** The packages with those of this repository that they need. */
function withDependencies(names: readonly string[]): readonly string[] {
  const found = new Set(names);
  // grows during the iteration
  for (const name of found) {
    const { dependencies = {} } = JSON.parse(readFileSync(join(ROOT, "packages", name, "package.json"), "utf8")) as {
      readonly dependencies?: Readonly<Record<string, string>>;
    };
    for (const needed of Object.keys(dependencies)) if (needed.startsWith("@imagewright/")) found.add(needed.slice("@imagewright/".length));
  }
  return [...found];
}

beforeAll(() => {
  const packed = withDependencies(Object.keys(USES)).map((name) => join("packages", name));
  for (const path of [...packed, "apps/agent", "apps/ib"]) run("pnpm", ["pack", "--pack-destination", folder], join(ROOT, path));
  writeFileSync(join(folder, "package.json"), JSON.stringify({ name: "user", private: true, type: "module" }));
  const tarballs = readdirSync(folder).filter((name) => name.endsWith(".tgz"));
  // what the agent lists as optional only builds it
  run("npm", ["install", "--no-audit", "--no-fund", "--prefer-offline", "--omit=optional", ...tarballs.map((name) => `./${name}`)]);
}, 180_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe.each(Object.entries(USES))("the tarball of %s", (name, { code, prints, forNode = false }) => {
  test("is imported by a plain Node project", () => {
    const plain = code.replace(/, type \w+/g, "").replace(/^(const .*?): [\w.| ]+ =/gm, "$1 =");
    writeFileSync(join(folder, `${name}.js`), plain);
    expect(run(process.execPath, [`${name}.js`])).toContain(prints);
  });

  test("is imported by a TypeScript project, with its types", () => {
    writeFileSync(join(folder, `${name}.ts`), `declare const console: { log(text: unknown): void };\n${code}`);
    expect(typeCheck(`${name}.ts`, forNode)).toBe("");
    writeFileSync(join(folder, `${name}.wrong.ts`), `import { nothing } from "@imagewright/${name}";\n`);
    expect(typeCheck(`${name}.wrong.ts`, forNode)).toMatch(/has no exported member 'nothing'/);
  });

  test("contains everything needed and no tests", () => {
    const files = readdirSync(join(folder, "node_modules", "@imagewright", name), { recursive: true, encoding: "utf8" });
    expect(files).toEqual(expect.arrayContaining(["README.md", "package.json", "dist/index.js", "dist/index.d.ts"]));
    expect(files.filter((file) => /\btest(?:s|ing)?\b|bench|\bsrc\b/.test(file))).toEqual([]);
  });
});

/** The packages whose licences come with one of ours. */
function noticesOf(name: string): string[] {
  const text = readFileSync(join(folder, "node_modules", "@imagewright", name, "dist", "third-party-notices.txt"), "utf8");
  return [...text.matchAll(/^(\S+) \d+\.\d+\.\d+$/gm)].map(([, found = ""]) => found);
}

describe("the tarball of ib", () => {
  const ib = (...parameters: readonly string[]) => run(join(folder, "node_modules", ".bin", "ib"), parameters);

  test("gives a program that needs nothing but the agent's package, and RE2 for patterns", () => {
    const { dependencies } = JSON.parse(readFileSync(join(folder, "node_modules", "@imagewright", "ib", "package.json"), "utf8")) as {
      dependencies: object;
    };
    expect(Object.keys(dependencies).sort()).toEqual(["@imagewright/agent", "re2js"]);
    expect(ib("--help")).toMatch(/^ib: the admin command line of Imagewright\n/);
    expect(ib("version", "resolve", "1.x.x", "1.6.8", "2.0.0")).toBe("1.6.8\n");
  });

  test("runs a document", () => {
    writeFileSync(
      join(folder, "hello.yaml"),
      "{ schemaVersion: 1.0, phases: [{ name: build, steps: [{ name: Say, action: ExecuteBash, inputs: { commands: [echo hello] } }] }] }",
    );
    expect(JSON.parse(ib("component", "run", "hello.yaml", "--log-directory", join(folder, "logs"), "--json"))).toMatchObject({
      status: "success",
      executedStepCount: 1,
    });
  });

  test("checks a pattern with the RE2 that is installed beside it", () => {
    const withPattern = (pattern: string) =>
      `{ schemaVersion: 1.0, phases: [{ name: build, steps: [{ name: Say, action: ExecuteBash, if: { patternMatches: "${pattern}", value: hi }, inputs: { commands: [echo hello] } }] }] }`;
    writeFileSync(join(folder, "pattern.yaml"), withPattern("^h"));
    expect(JSON.parse(ib("component", "validate", "pattern.yaml", "--json"))).toMatchObject({ diagnostics: [] });
    writeFileSync(join(folder, "pattern.yaml"), withPattern("(h"));
    const { stderr } = spawnSync(join(folder, "node_modules", ".bin", "ib"), ["component", "validate", "pattern.yaml"], {
      cwd: folder,
      env,
      encoding: "utf8",
    });
    expect(stderr).toContain("must be a pattern in RE2 syntax");
  });

  test("serves with what is bundled; only the embedded Postgres is a package of its own, which may be left out", () => {
    const serve = (...parameters: readonly string[]) => {
      const program = join(folder, "node_modules", ".bin", "ib");
      const { stdout } = spawnSync(program, ["serve", "--json", "--data-dir", join(folder, "service", "data"), ...parameters], {
        cwd: folder,
        env,
        encoding: "utf8",
      });
      return (JSON.parse(stdout) as { error: { code: string; message: string } }).error;
    };
    mkdirSync(join(folder, "service"));
    expect(serve("--database-url", "postgresql://127.0.0.1:1/images")).toMatchObject({
      code: "ib/database-not-usable",
      message: 'the database "postgresql://127.0.0.1:1/images" cannot be used: connect ECONNREFUSED 127.0.0.1:1',
    });
    expect(serve()).toMatchObject({ code: "embedded-database/binaries-missing" });
  });

  test("finds the agent, which runs by itself", () => {
    const doctor = spawnSync(join(folder, "node_modules", ".bin", "ib"), ["doctor", "--json"], { cwd: folder, env, encoding: "utf8" });
    const { tools } = JSON.parse(doctor.stdout) as { readonly tools: readonly { readonly name: string; readonly finding: string }[] };
    const agent = tools.find(({ name }) => name === "ib-agent");
    expect(agent).toMatchObject({ usable: true, finding: expect.stringContaining(folder) });
    expect(run(agent?.finding ?? "", ["--version"])).toMatch(/^\d+\.\d+\.\d+\n$/);
  });

  test("holds what is needed, with the licences of what is bundled, and no tests", () => {
    const files = readdirSync(join(folder, "node_modules", "@imagewright", "ib"), { recursive: true, encoding: "utf8" });
    expect(files).toEqual(expect.arrayContaining(["bin/ib.js", "oclif.manifest.json", "dist/main.js", "dist/third-party-notices.txt"]));
    expect(files.filter((file) => /\.test\.|e2e|^(src|build)\b/.test(file))).toEqual([]);
    expect(noticesOf("ib")).toEqual(
      expect.arrayContaining(["@oclif/core", "yaml", "ajv", "@aws-sdk/client-s3", "fastify", "pg", "kysely"]),
    );
    expect(noticesOf("agent")).toEqual(expect.arrayContaining(["bun", "yaml", "ajv", "@aws-sdk/client-s3"]));
  });
});
