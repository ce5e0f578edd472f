import { operationsOfAws } from "@imagewright/test-kit";
import { describe, expect, test } from "@jest/globals";
import { makeInfrastructure } from "../support/make.js";
import { uniqueName } from "../support/unique-name.js";
import { callWithAws, runAws } from "./aws-command.js";
import { ALL_OPERATIONS, clientCalls } from "./calls.js";
import { testGuideCommands } from "./guide-commands.js";
import { removeAnswered } from "./removal.js";

/** The suite of a version of `aws`; without a command it is skipped, and its name says why. */
export function describeAws(title: string, { command, missing }: { readonly command: string | undefined; readonly missing: string }): void {
  const run = command === undefined ? describe.skip : describe;
  run(command === undefined ? `${title} (skipped: ${missing})` : title, () => {
    const aws = command ?? "";

    test("makes every call that it has", async () => {
      const operations = operationsOfAws(aws, ALL_OPERATIONS);
      expect(operations.length).toBeGreaterThan(40);
      const calls = await clientCalls(operations);
      const outcomes = await callWithAws(aws, calls);
      removeAnswered(outcomes.filter(({ operation }) => !/^(Get|List|Delete)/.test(operation)).map(({ text }) => text));
      const sorted = (rows: readonly { operation: string; got: string }[]) =>
        rows.map(({ operation, got }) => `${operation}: ${got}`).sort();
      expect(sorted(outcomes)).toEqual(sorted(calls.map(({ operation, gets }) => ({ operation, got: gets }))));
    });

    test("asks for one page after the other", async () => {
      const names = [uniqueName("page"), uniqueName("page"), uniqueName("page")];
      for (const name of names) await makeInfrastructure({ name });
      const page = async (...more: string[]) => {
        const filter = ["--filters", `name=name,values=${names.join(",")}`, "--max-results", "2"];
        const { status, stdout, stderr } = await runAws(aws, ["list-infrastructure-configurations", ...filter, ...more]);
        expect([status, stderr]).toEqual([0, ""]);
        return JSON.parse(stdout) as { infrastructureConfigurationSummaryList: { name: string }[]; nextToken?: string };
      };
      const first = await page();
      const second = await page("--next-token", first.nextToken ?? "");
      const listed = [first, second].map(({ infrastructureConfigurationSummaryList: found }) => found.map(({ name }) => name));
      expect(listed.map((found) => found.length)).toEqual([2, 1]);
      expect(listed.flat().sort()).toEqual([...names].sort());
      expect(second.nextToken).toBeUndefined();
    });

    if (command !== undefined) testGuideCommands(command);
  });
}
