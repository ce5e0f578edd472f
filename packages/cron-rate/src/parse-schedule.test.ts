import { describe, expect, test } from "@jest/globals";
import { formatLocation, renderText, SourceFile } from "@imagewright/diagnostics";
import { parseSchedule, shouldDisable, shouldStart } from "./index.js";

const faults = (input: unknown, path?: string) =>
  parseSchedule(input, path === undefined ? {} : { path }).diagnostics.map(
    ({ span, message, code }) => `${span.source.name} ${message} [${code}]`,
  );
const EXPRESSION = "cron(0 0 ? * SUN *)";

describe("SCH-001, SCH-007: the schedule of a pipeline in the form of the API", () => {
  test("an expression alone has the documented defaults", () => {
    const { schedule, diagnostics } = parseSchedule({ scheduleExpression: EXPRESSION, timezone: null });
    expect(diagnostics).toEqual([]);
    expect([schedule?.timeZone?.id, schedule?.startCondition, schedule?.failuresToDisable]).toEqual([
      "UTC",
      "EXPRESSION_MATCH_AND_DEPENDENCY_UPDATES_AVAILABLE",
      5,
    ]);
  });

  test("all members", () => {
    const input = {
      scheduleExpression: EXPRESSION,
      timezone: "America/Los_Angeles",
      pipelineExecutionStartCondition: "EXPRESSION_MATCH_ONLY",
      autoDisablePolicy: { failureCount: 10 },
    };
    const { schedule } = parseSchedule(input, { startedAt: new Date(0) });
    expect([schedule?.timeZone?.id, schedule?.startCondition, schedule?.failuresToDisable, schedule?.startedAt]).toEqual([
      "America/Los_Angeles",
      "EXPRESSION_MATCH_ONLY",
      10,
      new Date(0),
    ]);
  });

  const ZONE =
    '"timezone" must be the IANA name of a time zone, such as "Etc/UTC" or "America/Los_Angeles"; found "Mars/X" [unknown-time-zone]';
  const FORM = '"timezone" must be a time zone such as "Etc/UTC" or "Europe/Berlin"; found';
  const COUNT = '"autoDisablePolicy.failureCount" must be';
  const MISSING = 'schedule "schedule" must have "scheduleExpression" [missing-key]';
  const autoDisablePolicy = (failureCount: number) => ({ scheduleExpression: EXPRESSION, autoDisablePolicy: { failureCount } });
  test.each([
    ["no object", [], ['schedule "schedule" must be an object; found a list of 0 [wrong-type]']],
    ["nothing", undefined, ['schedule "schedule" must be an object; found nothing [wrong-type]']],
    ["an empty object", {}, [MISSING]],
    [
      "a number for the expression",
      { scheduleExpression: 5 },
      ['schedule.scheduleExpression "scheduleExpression" must be a string; found 5 [wrong-type]'],
    ],
    ["a zone that is none", { scheduleExpression: EXPRESSION, timezone: "Mars/X" }, [`schedule.timezone ${ZONE}`]],
    [
      "a zone that Intl may know and the model does not",
      { scheduleExpression: EXPRESSION, timezone: "+05:00" },
      [`schedule.timezone ${FORM} "+05:00" [value-not-allowed]`],
    ],
    ["a zone that is too short", { scheduleExpression: EXPRESSION, timezone: "" }, [`schedule.timezone ${FORM} "" [value-not-allowed]`]],
    [
      "a start condition that is none",
      { scheduleExpression: EXPRESSION, pipelineExecutionStartCondition: "ALWAYS" },
      [
        'schedule.pipelineExecutionStartCondition "pipelineExecutionStartCondition" must be "EXPRESSION_MATCH_AND_DEPENDENCY_UPDATES_AVAILABLE" or "EXPRESSION_MATCH_ONLY"; found "ALWAYS" [value-not-allowed]',
      ],
    ],
    [
      "a policy that is none",
      { scheduleExpression: EXPRESSION, autoDisablePolicy: 3 },
      ['schedule.autoDisablePolicy "autoDisablePolicy" must be an object; found 3 [wrong-type]'],
    ],
    [
      "a policy without its count",
      { scheduleExpression: EXPRESSION, autoDisablePolicy: {} },
      ['schedule.autoDisablePolicy "autoDisablePolicy" must have "failureCount" [missing-key]'],
    ],
    ["a count of 0", autoDisablePolicy(0), [`schedule.autoDisablePolicy.failureCount ${COUNT} from 1 to 10; found 0 [value-not-allowed]`]],
    [
      "a count of 11",
      autoDisablePolicy(11),
      [`schedule.autoDisablePolicy.failureCount ${COUNT} from 1 to 10; found 11 [value-not-allowed]`],
    ],
    ["a count of 1.5", autoDisablePolicy(1.5), [`schedule.autoDisablePolicy.failureCount ${COUNT} a whole number; found 1.5 [wrong-type]`]],
    [
      "members that there are not",
      { timeZone: "UTC", autoDisablePolicy: { failureCount: 1, count: 2 } },
      [
        MISSING,
        'schedule.timeZone "schedule": unknown key "timeZone"; allowed: "autoDisablePolicy", "pipelineExecutionStartCondition", "scheduleExpression" or "timezone"; did you mean "timezone"? [unknown-key]',
        'schedule.autoDisablePolicy.count "autoDisablePolicy": unknown key "count"; allowed: "failureCount" [unknown-key]',
      ],
    ],
  ])("%s", (_what, input, expected) => {
    expect(faults(input)).toEqual(expected);
  });

  test("a text is read as JSON or YAML, alone or under its name, and faults have their places in it", () => {
    const json = new SourceFile("s.json", '{"schedule": {"scheduleExpression": "cron(0 24 * * ? *)", "timezone": "UTC"}}');
    const yaml = new SourceFile("s.yaml", "scheduleExpression: cron(0 24 * * ? *)\ntimezone: Mars/X\n");
    const reported = (source: SourceFile) =>
      parseSchedule(source).diagnostics.map(({ span, message }) => `${formatLocation(span)} ${message}`);
    expect(reported(json)).toEqual(['s.json:1:45 hour "24" is out of range; allowed: 0 to 23']);
    expect(reported(yaml)).toEqual(['s.yaml:1:28 hour "24" is out of range; allowed: 0 to 23', `s.yaml:2:11 ${ZONE.replace(/ \[.*/, "")}`]);
    expect(parseSchedule('{"scheduleExpression": "rate(1 day)"}').schedule?.expression.text).toBe("rate(1 day)");
  });

  test("faults of the expression have the member's path and their place in its text", () => {
    expect(renderText(parseSchedule({ scheduleExpression: "cron(0 24 * * ? *)" }, { path: "pipelines[3].schedule" }).diagnostics)).toBe(
      [
        'pipelines[3].schedule.scheduleExpression:1:8: hour "24" is out of range; allowed: 0 to 23 [value-out-of-range]',
        "  cron(0 24 * * ? *)",
        "         ^~",
        "1 error",
        "",
      ].join("\n"),
    );
  });
});

describe("what a pipeline does", () => {
  test.each([
    ["EXPRESSION_MATCH_ONLY", false, { answer: true, reason: "the start condition asks for every scheduled run" }],
    ["EXPRESSION_MATCH_ONLY", true, { answer: true, reason: "the start condition asks for every scheduled run" }],
    ["EXPRESSION_MATCH_AND_DEPENDENCY_UPDATES_AVAILABLE", true, { answer: true, reason: "the base image or a component has an update" }],
    [
      "EXPRESSION_MATCH_AND_DEPENDENCY_UPDATES_AVAILABLE",
      false,
      { answer: false, reason: "neither the base image nor a component has an update" },
    ],
  ] as const)("%s with updates %s", (startCondition, updates, expected) => {
    expect(shouldStart({ startCondition }, updates)).toEqual(expected);
  });

  test("it is disabled after as many failures in a row as its policy says", () => {
    expect([0, 4, 5, 6].map((failures) => shouldDisable({ failuresToDisable: 5 }, failures).answer)).toEqual([false, false, true, true]);
    expect(shouldDisable({ failuresToDisable: 1 }, 1)).toEqual({
      answer: true,
      reason: "1 scheduled build in a row failed; the pipeline is disabled at 1",
    });
    expect(() => shouldDisable({ failuresToDisable: 1 }, -1)).toThrow('"failuresInARow" must be a whole number from 0; found -1');
  });
});
