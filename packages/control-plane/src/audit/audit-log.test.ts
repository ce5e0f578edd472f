import { describe, expect, test } from "@jest/globals";
import { ARN, CALLER, Scene } from "../testing/scene.js";
import type { AuditRecord } from "./audit-record.js";

const scene = new Scene();
const ADA = "arn:aws:iam::123456789012:user/ada";
const record = (second: number, more: Partial<AuditRecord> = {}): AuditRecord => ({
  ...{ at: new Date(Date.UTC(2027, 0, 1, 0, 0, second)), requestId: `request-${second}`, resources: [], status: 200 },
  ...more,
});
const idsOf = async (query: object) => (await scene.plane.audit.find({ limit: 100, ...query })).map(({ requestId }) => requestId.slice(8));

describe("records", () => {
  const whole = record(1, {
    ...{ account: CALLER.account, principal: ADA, accessKeyId: "AKIA1", region: "eu-west-1", sourceIp: "192.0.2.7", userAgent: "aws-cli" },
    ...{ operation: "DeleteImage", resources: [`${ARN}image/web/1.0.0/1`], status: 403, error: "ForbiddenException", message: "no" },
  });

  test("are found by each of their parts, the newest so many, the oldest first", async () => {
    const others = [
      record(2, { principal: CALLER.principal, operation: "ListImages" }),
      record(3, { principal: "arn:aws:iam::1:user/not-ada" }),
    ];
    await scene.plane.audit.write([whole, ...others, record(4)]);
    expect((await scene.plane.audit.find({ limit: 100 }))[0]).toEqual(whole);
    expect(await idsOf({})).toEqual(["1", "2", "3", "4"]);
    expect(await idsOf({ limit: 2 })).toEqual(["3", "4"]);
    expect(await idsOf({ since: record(2).at, until: record(4).at })).toEqual(["2", "3"]);
    expect([await idsOf({ principal: "user/ada" }), await idsOf({ principal: ADA }), await idsOf({ principal: "root" })]).toEqual([
      ["1"],
      ["1"],
      ["2"],
    ]);
    expect([await idsOf({ accessKeyId: "AKIA1" }), await idsOf({ accessKeyId: "AKIA" })]).toEqual([["1"], []]);
    expect([await idsOf({ operation: "ListImages" }), await idsOf({ failed: true })]).toEqual([["2"], ["1"]]);
    expect([await idsOf({ resource: whole.resources[0] }), await idsOf({ resource: "arn" })]).toEqual([["1"], []]);
    expect(await idsOf({ principal: "user/ada", operation: "ListImages" })).toEqual([]);
  });

  test("are kept: the database refuses to change or remove one", async () => {
    await scene.plane.audit.write([record(10)]);
    for (const statement of ["update audit_record set status = 200", "delete from audit_record", "truncate audit_record"])
      await expect(scene.pool.query(statement)).rejects.toThrow("records of the audit log are only added");
    expect(await idsOf({ since: record(10).at })).toEqual(["10"]);
  });

  test("have whatever a client sends, cut and without what a database cannot store", async () => {
    const userAgent = `\0\ud800${"x".repeat(5000)}`;
    await scene.plane.audit.write([
      record(20, { userAgent, message: "'; drop table audit_record; --", resources: Array(50).fill("arn:a") }),
    ]);
    const [found] = await scene.plane.audit.find({ since: record(20).at, limit: 1 });
    expect(found).toMatchObject({ userAgent: `\ufffd\ufffd${"x".repeat(998)}`, message: "'; drop table audit_record; --" });
    expect(found?.resources).toHaveLength(20);
  });
});
