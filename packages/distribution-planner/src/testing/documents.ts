import { SourceFile, type Diagnostic } from "@imagewright/diagnostics";
import { planDistribution, type DistributionPlan, type DistributionPlanOptions } from "../index.js";

export const OWNER = "111122223333";
export const BUILT = "ami-01a23bc4def5a6789";

/** A finished build of an AMI in us-west-2; facts given here replace its own. */
export function amiBuild(facts: object = {}, ami: object = {}): object {
  return {
    name: "web",
    version: "1.0.0/3",
    date: "2022-07-28T01:14:17.416Z",
    region: "us-west-2",
    accountId: OWNER,
    platform: "Linux",
    ami: { id: BUILT, ...ami },
    ...facts,
  };
}

export const DIGEST = `sha256:${"0123456789abcdef".repeat(4)}`;

export function containerBuild(container: object = {}): object {
  return {
    name: "web",
    version: "1.0.2/7",
    date: "2022-07-28T01:14:17.416Z",
    region: "us-west-2",
    accountId: OWNER,
    container: { digest: DIGEST, repositoryName: "myrepo", ...container },
  };
}

/** Settings around distributions, with one in the Region of the build for the rules that ask for it. */
export function settings(...distributions: object[]): object {
  return { name: "test-settings", distributions };
}

export function file(name: string, value: unknown): SourceFile {
  return new SourceFile(name, typeof value === "string" ? value : JSON.stringify(value));
}

/** Plans values, or texts as they are. */
export function planning(settings: unknown, build: unknown = amiBuild(), options: DistributionPlanOptions = {}) {
  return planDistribution(file("settings.json", settings), file("build.json", build), options);
}

/** The plan of settings without errors. */
export function planned(settings: unknown, build: unknown = amiBuild(), options: DistributionPlanOptions = {}): DistributionPlan {
  const { plan, diagnostics } = planning(settings, build, options);
  if (plan === undefined) throw new Error(shown(diagnostics).join("\n"));
  return plan;
}

/** Faults as one line each: the text at their place, the message, the code. */
export function shown(diagnostics: readonly Diagnostic[]): string[] {
  return diagnostics.map(({ code, severity, message, span }) => {
    const text = span.source.text.slice(span.start, span.end);
    return `${text.length > 40 ? `${text.slice(0, 40)}…` : text} | ${severity === "error" ? "" : `${severity}: `}${message} [${code}]`;
  });
}

/** Operations as one line each: wave, place, what is done. */
export function reported(plan: DistributionPlan): string[] {
  const waveOf = new Map(plan.waves.flatMap((ids, wave) => ids.map((id) => [id, wave + 1] as const)));
  return plan.operations.map(
    ({ id, region, accountId, summary }) => `${waveOf.get(id)} ${region} ${accountId === OWNER ? "owner" : accountId}: ${summary}`,
  );
}
