import { describe, expect, test } from "@jest/globals";
import { ArnIndex, parseArn } from "../index.js";

const AWS = "arn:aws:imagebuilder:us-west-2:aws:";
const OURS = "arn:aws:imagebuilder:us-west-2:123456789012:";

describe("ArnIndex", () => {
  const arns = [
    `${AWS}image/linux/2024.11.20/1`,
    `${AWS}image/linux/2024.12.17/1`,
    `${AWS}image/linux/2024.12.17/2`,
    `${OURS}image/linux/9999.0.0/1`,
    `${AWS}component/linux/3.0.0/1`,
  ];

  test.each([
    [`${AWS}image/linux`, `${AWS}image/linux/2024.12.17/2`],
    [`${AWS}image/linux/x.x.x`, `${AWS}image/linux/2024.12.17/2`],
    [`${AWS}image/linux/2024.11.x`, `${AWS}image/linux/2024.11.20/1`],
    [`${AWS}image/linux/2024.12.17`, `${AWS}image/linux/2024.12.17/2`],
    [`${AWS}image/linux/2024.12.17/1`, `${AWS}image/linux/2024.12.17/1`],
    [`${AWS}image/linux/2025.x.x`, undefined],
    [`${AWS}image/windows/x.x.x`, undefined],
    [`${OURS}image/linux/x.x.x`, `${OURS}image/linux/9999.0.0/1`],
    [`${AWS}component/linux/x.x.x`, `${AWS}component/linux/3.0.0/1`],
  ])("%s resolves to %s", (wanted, found) => {
    expect(new ArnIndex(arns).resolve(wanted)?.text).toBe(found);
    const later = new ArnIndex();
    for (const arn of arns) later.add(arn);
    expect(later.resolve(parseArn(wanted))?.text).toBe(found);
  });

  test("of two spellings of one version the first is kept", () => {
    const index = new ArnIndex([`${AWS}image/a/2021.01.01`]);
    expect(index.add(`${AWS}image/a/2021.1.1`).text).toBe(`${AWS}image/a/2021.01.01`);
    expect(index.versionsOf(parseArn(`${AWS}image/a`))?.size).toBe(1);
  });

  test("an ARN without a single version cannot be added", () => {
    expect(() => new ArnIndex().add(`${AWS}image/a/1.x.x`)).toThrow(
      `the ARN "${AWS}image/a/1.x.x" names no single version; allowed: the ARN of a version or of a build`,
    );
    expect(() => new ArnIndex(["arn"])).toThrow(/"arn" is not an ARN of six parts/);
  });
});
