import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { formatTree, joinPlans, planUndo, withUndo, type DistributionPlan } from "../index.js";
import { fitting, reordered } from "../testing/arbitrary.js";
import { amiBuild, OWNER, planned, settings } from "../testing/documents.js";
import { GraphBuilder } from "./graph-builder.js";

const drawnPlan = fitting.map(({ settings, build }) => planned(settings, build));
const isResult = (value: unknown): value is { readonly resultOf: string } =>
  typeof value === "object" && value !== null && "resultOf" in value;
const holds = (check: (plan: DistributionPlan) => void) => fc.assert(fc.property(drawnPlan, check), { numRuns: 200 });

describe("every plan", () => {
  test("has unique ids, and dependencies that exist and come first", () => {
    holds(({ operations }) => {
      const before = new Set<string>();
      const wrong: string[] = [];
      for (const { id, dependsOn } of operations) {
        if (before.has(id)) wrong.push(`${id} twice`);
        wrong.push(...dependsOn.filter((dependency) => !before.has(dependency)).map((dependency) => `${id} before ${dependency}`));
        before.add(id);
      }
      expect(wrong).toEqual([]);
    });
  });

  test("refers only to results of operations that it depends on, directly or not", () => {
    holds(({ operations }) => {
      const reach = new Map<string, Set<string>>();
      const wrong: string[] = [];
      for (const { id, dependsOn, input } of operations) {
        const all = new Set(dependsOn.flatMap((dependency) => [dependency, ...(reach.get(dependency) ?? [])]));
        reach.set(id, all);
        for (const value of Object.values(input))
          if (isResult(value) && !all.has(value.resultOf)) wrong.push(`${id} without ${value.resultOf}`);
      }
      expect(wrong).toEqual([]);
    });
  });

  test("has each operation in one wave: that after the longest chain of dependencies", () => {
    holds(({ operations, waves }) => {
      const byId = new Map(operations.map((operation) => [operation.id, operation]));
      const known = new Map<string, number>();
      const depth = (id: string): number => {
        const found = known.get(id) ?? Math.max(-1, ...(byId.get(id)?.dependsOn ?? []).map(depth)) + 1;
        known.set(id, found);
        return found;
      };
      expect(waves.flat().sort()).toEqual([...byId.keys()].sort());
      expect(waves.map((ids) => ids.map(depth))).toEqual(waves.map((ids, wave) => ids.map(() => wave)));
    });
  });

  test("is the same for the same texts, and for any order of members", () => {
    fc.assert(
      fc.property(fitting, ({ settings, build }) => {
        const plan = planned(settings, build);
        expect(planned(settings, build)).toEqual(plan);
        expect(JSON.stringify(planned(reordered(settings), reordered(build)))).toBe(JSON.stringify(plan));
      }),
      { numRuns: 100 },
    );
  });

  test("is the same whether an entry names the account of the build or none", () => {
    fc.assert(
      fc.property(fitting, ({ settings, build }) => {
        const unnamed = JSON.stringify(settings).replaceAll(new RegExp(`,"(a|amiA)ccountId":"${OWNER}"`, "g"), "");
        expect(planned(unnamed, build)).toEqual(planned(settings, build));
      }),
      { numRuns: 100 },
    );
  });

  test("creates one AMI for each account and Region, and waits for it before it is used", () => {
    fc.assert(
      fc.property(fitting, ({ settings, build }) => {
        const wanted = settings.distributions.flatMap((entry) => {
          const {
            region,
            amiDistributionConfiguration: { targetAccountIds },
          } = entry as { region: string; amiDistributionConfiguration: { targetAccountIds?: string[] } };
          return (targetAccountIds ?? (region === "us-west-2" ? [] : [OWNER])).map((account) => `${region} ${account}`);
        });
        const { operations } = planned(settings, build);
        const copies = operations.filter(({ kind }) => kind === "copy-ami");
        expect(copies.map(({ region, accountId }) => `${region} ${accountId}`).sort()).toEqual(wanted.sort());
        const hasty = operations.filter(
          ({ kind, dependsOn }) => kind !== "wait-for-ami" && dependsOn.some((dependency) => dependency.startsWith("copy-ami")),
        );
        expect(hasty).toEqual([]);
      }),
      { numRuns: 100 },
    );
  });

  test("revokes all access that it granted for copying, after the copies", () => {
    holds(({ operations }) => {
      const [given, taken] = [
        operations.filter(({ kind }) => kind === "grant-access"),
        operations.filter(({ kind }) => kind === "revoke-access"),
      ];
      expect(taken.map(({ id }) => id.replace("revoke", "grant"))).toEqual(given.map(({ id }) => id));
      for (const { input, dependsOn } of taken) {
        const account = "fromAccountId" in input ? input.fromAccountId : "";
        expect(dependsOn).toEqual(
          operations.filter(({ kind, accountId }) => kind === "wait-for-ami" && accountId === account).map(({ id }) => id),
        );
      }
    });
  });
});

test("ids are unique", () => {
  const graph = new GraphBuilder("");
  const add = () => graph.add("wait-for-ami", { region: "us-west-2", accountId: OWNER, setting: "" }, { image: { imageId: "ami-1" } });
  expect(add()).toBe(`wait-for-ami:us-west-2/${OWNER}`);
  expect(add).toThrow(`two operations have the id wait-for-ami:us-west-2/${OWNER}`);
});

describe("undo", () => {
  test("is in reverse order: dependents first", () => {
    fc.assert(
      fc.property(drawnPlan, fc.func(fc.boolean()), (plan, wasDone) => {
        const done = plan.operations.map(({ id }) => id).filter((id) => wasDone(id));
        const { steps, waves } = planUndo(plan, done);
        const undoable = plan.operations.filter(({ id, undo }) => undo !== undefined && done.includes(id));
        expect(steps.map(({ undoes }) => undoes)).toEqual(undoable.map(({ id }) => id).reverse());
        const waveOf = new Map(waves.flatMap((ids, wave) => ids.map((id) => [id, wave] as const)));
        const after = (id: string, earlier: string) => (waveOf.get(earlier) ?? Infinity) < (waveOf.get(id) ?? -1);
        const early = steps.filter(({ id, dependsOn }) => dependsOn.some((earlier) => !after(id, earlier)));
        // what an operation was built on is undone after it
        const first = undoable.filter(({ id, dependsOn }) =>
          dependsOn.some((dependency) => waveOf.has(`undo ${dependency}`) && !after(`undo ${dependency}`, `undo ${id}`)),
        );
        expect([early, first]).toEqual([[], []]);
      }),
      { numRuns: 200 },
    );
  });

  test("a copy is undone after its tags, although the wait between them has no undo", () => {
    const { steps } = planUndo(planned(settings({ region: "eu-west-1" })));
    expect(steps).toEqual([
      {
        id: `undo tag-ami:eu-west-1/${OWNER}`,
        undoes: `tag-ami:eu-west-1/${OWNER}`,
        region: "eu-west-1",
        accountId: OWNER,
        kind: "restore-tags",
        summary: "restore the former tags",
        needs: "the former values of these tags",
        dependsOn: [],
      },
      {
        id: `undo copy-ami:eu-west-1/${OWNER}`,
        undoes: `copy-ami:eu-west-1/${OWNER}`,
        region: "eu-west-1",
        accountId: OWNER,
        kind: "deregister-ami",
        summary: "deregister the copy and delete its snapshots",
        dependsOn: [`undo tag-ami:eu-west-1/${OWNER}`],
      },
    ]);
  });

  test("undoing a grant requires knowing whether the account had access before", () => {
    const { steps } = planUndo(
      planned(settings({ region: "us-west-2", amiDistributionConfiguration: { targetAccountIds: ["123456789012"] } })),
    );
    expect(steps.at(-1)).toMatchObject({
      kind: "revoke-access",
      summary: "revoke the access of account 123456789012",
      needs: "whether the account had access before",
    });
  });

  test("an unknown id is an error", () => {
    expect(() => planUndo(planned(settings()), ["copy-ami:x/y"])).toThrow(
      'the plan has no operation "copy-ami:x/y"; allowed: the ids of its operations',
    );
  });
});

describe("chapter 31: at most 50 copies at once into one account and Region", () => {
  const builds = Array.from({ length: 120 }, (_, number) =>
    planned(settings({ region: "eu-west-1" }), amiBuild({ name: `image-${number}` }), { idPrefix: `${number}#` }),
  );

  test("120 builds are copied 50 at a time", () => {
    const { operations, waves, builds: joined } = joinPlans(builds);
    const kindOf = new Map(operations.map(({ id, kind }) => [id, kind]));
    expect(joined).toHaveLength(120);
    expect(waves.map((ids) => ids.filter((id) => kindOf.get(id) === "copy-ami").length)).toEqual([50, 0, 50, 0, 20, 0, 0]);
    expect(operations.find(({ id }) => id === `50#copy-ami:eu-west-1/${OWNER}`)?.dependsOn).toEqual([`0#wait-for-ami:eu-west-1/${OWNER}`]);
  });

  test("other accounts and Regions are limited separately", () => {
    const elsewhere = Array.from({ length: 50 }, (_, number) =>
      planned(settings({ region: "eu-west-2" }), amiBuild(), { idPrefix: `e${number}#` }),
    );
    const { waves } = joinPlans([...builds.slice(0, 50), ...elsewhere]);
    expect(waves[0]?.filter((id) => id.includes("copy-ami"))).toHaveLength(100);
  });

  test("plans with equal ids are rejected", () => {
    const plan = planned(settings({ region: "eu-west-1" }));
    expect(() => joinPlans([plan, plan])).toThrow(
      `the operation "copy-ami:eu-west-1/${OWNER}" is in two of the plans; allowed: plans whose ids differ`,
    );
  });
});

describe("how a plan is shown", () => {
  const shared = { name: "web {{imagebuilder:buildDate}}", targetAccountIds: ["123456789012"] };
  const plan = planned(
    settings(
      { region: "us-west-2", amiDistributionConfiguration: {}, ssmParameterConfigurations: [{ parameterName: "/a" }] },
      { region: "eu-west-1", amiDistributionConfiguration: shared },
    ),
  );

  test("as a tree", () => {
    expect(formatTree(plan)).toBe(`web 1.0.0/3: ami-01a23bc4def5a6789 in us-west-2, account 111122223333
├─ us-west-2
│  └─ 111122223333
│     ├─ 1. allow account 123456789012 to copy the AMI and its snapshots
│     ├─ 1. set 1 tag: CreatedBy
│     ├─ 2. set parameter "/a" to the ID of the AMI
│     └─ 4. revoke the access of account 123456789012 to the AMI
└─ eu-west-1
   └─ 123456789012
      ├─ 2. copy the AMI from us-west-2 as "web 2022-07-28T01-14-17.416Z"
      ├─ 3. wait until the AMI is available
      └─ 4. set 1 tag: CreatedBy

before it starts:
- account 123456789012: role EC2ImageBuilderDistributionCrossAccountRole exists, has the policy Ec2ImageBuilderCrossAccountDistributionAccess and trusts account 111122223333
- account 111122223333, us-west-2: the execution role may PutParameter on "/a" and DescribeImages

7 operations in 4 waves; the operations of a wave can run in parallel
`);
  });

  test("as a tree with undo", () => {
    const lines = formatTree(planned(settings({ region: "eu-west-1" })), { undo: true }).split("\n");
    expect(lines.slice(3, 8)).toEqual([
      '      ├─ 1. copy the AMI from us-west-2 as "web 2022-07-28T01-14-17.416Z"',
      "      │  └─ undo: deregister the copy and delete its snapshots",
      "      ├─ 2. wait until the AMI is available",
      "      └─ 3. set 1 tag: CreatedBy",
      "         └─ undo: restore the former tags (record first: the former values of these tags)",
    ]);
  });

  test("as a tree without operations", () => {
    expect(formatTree(planned(settings()))).toBe(
      "web 1.0.0/3: ami-01a23bc4def5a6789 in us-west-2, account 111122223333\n\nnothing to do\n",
    );
  });

  test("as JSON, without loss", () => {
    const json = withUndo(plan);
    expect(JSON.parse(JSON.stringify(json))).toEqual(json);
    expect(Object.keys(json)).toEqual(["builds", "requirements", "operations", "waves", "undo"]);
  });
});
