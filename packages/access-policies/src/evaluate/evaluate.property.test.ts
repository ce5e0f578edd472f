import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { compilePolicy, evaluateAccess, explainAccess, type AccessedResource } from "../index.js";
import { cases, identityStatement, resourceStatement, type AccessCase } from "../testing/arbitrary.js";
import { policyOf } from "../testing/builders.js";
import { slowlyAllowed } from "../testing/slow-rules.js";

const RUNS = { numRuns: 300 };

function read({ identity, resource, version, principal, action, arn, tags, conditionKeys }: AccessCase) {
  const policies = identity.map((statements) => policyOf(statements, "identity", version));
  const policy = resource === undefined ? undefined : policyOf(resource, "resource", version);
  return {
    policies,
    request: { principal, action, conditionKeys },
    resource: { arn, ...(tags === undefined ? {} : { tags }), ...(policy === undefined ? {} : { policy }) },
  };
}

function ask(one: AccessCase) {
  const { policies, request, resource } = read(one);
  const { policy, ...others } = resource;
  const identityPolicies = policies.map((policy, nth) => compilePolicy(policy, `p${nth}`));
  const asked: AccessedResource = policy === undefined ? others : { ...others, policy: compilePolicy(policy, "r") };
  return { identityPolicies, request: { ...request, resources: [asked] } };
}

const isAllowed = (one: AccessCase) => evaluateAccess(ask(one)).allowed;
const without = (statements: readonly object[], effect: string) =>
  statements.filter((statement) => (statement as { Effect: string }).Effect !== effect);

describe("for any policies and request", () => {
  test("the answer is that of the plain rules", () => {
    const answers = { true: 0, false: 0 };
    fc.assert(
      fc.property(cases, (one) => {
        const { policies, request, resource } = read(one);
        const expected = slowlyAllowed(policies, request, resource);
        answers[`${expected}`] += 1;
        expect(isAllowed(one)).toBe(expected);
      }),
      { numRuns: 1500 },
    );
    expect(Math.min(answers.true, answers.false)).toBeGreaterThan(150);
  });

  test("an added deny never allows", () => {
    let fewer = 0;
    const denying = (statement: fc.Arbitrary<object>) => statement.map((one) => ({ ...one, Effect: "Deny" }));
    fc.assert(
      fc.property(
        cases,
        denying(identityStatement),
        denying(resourceStatement),
        fc.boolean(),
        (one, added, addedToResource, toResource) => {
          const more = toResource
            ? { ...one, resource: [...(one.resource ?? []), addedToResource] }
            : { ...one, identity: [...one.identity, [added]] };
          const [before, after] = [isAllowed(one), isAllowed(more)];
          if (!before) expect(after).toBe(false);
          if (before && !after) fewer += 1;
        },
      ),
      RUNS,
    );
    expect(fewer).toBeGreaterThan(5);
  });

  test("nothing is granted without a statement that allows, save to the account itself in it", () => {
    fc.assert(
      fc.property(cases, (one) => {
        const identity = one.identity.map((statements) => without(statements, "Allow")).filter(({ length }) => length > 0);
        const kept = without(one.resource ?? [], "Allow");
        const closed = { ...one, identity, resource: kept.length > 0 ? kept : undefined };
        const [decision] = evaluateAccess(ask(closed)).resources;
        expect(["denied", "not-allowed", "not-shared", "root"]).toContain(decision?.reason);
        if (decision?.allowed === true) expect(one.principal).toMatch(/:root$/);
      }),
      RUNS,
    );
  });

  test("the order of statements and policies does not matter", () => {
    fc.assert(
      fc.property(cases, (one) => {
        const reversed = {
          ...one,
          identity: one.identity.map((statements) => [...statements].reverse()).reverse(),
          resource: one.resource === undefined ? undefined : [...one.resource].reverse(),
        };
        expect(evaluateAccess(ask(reversed)).resources[0]?.reason).toBe(evaluateAccess(ask(one)).resources[0]?.reason);
      }),
      RUNS,
    );
  });

  test("a request is allowed only if it is for each of its resources alone", () => {
    fc.assert(
      fc.property(cases, cases, (one, other) => {
        const { identityPolicies, request } = ask(one);
        const resources = [...request.resources, ...ask(other).request.resources];
        const each = resources.map(
          (resource) => evaluateAccess({ identityPolicies, request: { ...request, resources: [resource] } }).allowed,
        );
        expect(evaluateAccess({ identityPolicies, request: { ...request, resources } }).allowed).toBe(each.every(Boolean));
      }),
      RUNS,
    );
  });

  test("the deciding statements have the effect that decides, and the explanation begins with each of them", () => {
    fc.assert(
      fc.property(cases, (one) => {
        const input = ask(one);
        const [decision] = evaluateAccess(input).resources;
        const [line] = explainAccess(input);
        for (const { policy, statement } of decision?.statements ?? []) {
          const written = policy === "r" ? one.resource : one.identity[Number(policy.slice(1))];
          expect((written?.[statement - 1] as { Effect: string }).Effect).toBe(decision?.reason === "denied" ? "Deny" : "Allow");
          expect(line).toContain(`statement ${statement} of "${policy}"`);
        }
      }),
      RUNS,
    );
  });
});
