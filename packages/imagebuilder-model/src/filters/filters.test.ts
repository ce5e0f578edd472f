import { describe, expect, test } from "@jest/globals";
import {
  checkFilters,
  FILTER_NAMES,
  matchesFilters,
  operationNames,
  operationOf,
  shapeOf,
  type FilteredOperation,
  type ShapeName,
} from "../index.js";
import { memberPathOf } from "./filters.js";

const membersOf = (name: ShapeName): Readonly<Record<string, ShapeName>> => {
  const shape = shapeOf(name);
  return shape.type === "structure" ? shape.members : {};
};
const itemOf = (name: ShapeName): ShapeName => {
  const shape = shapeOf(name);
  return shape.type === "list" ? shape.member : name;
};

describe("the names of filters", () => {
  test("exist for each operation with filters", () => {
    const filtered = operationNames().filter((name) =>
      Object.keys(membersOf(operationOf(name).input)).some((member) => /^filters?$/.test(member)),
    );
    expect(Object.keys(FILTER_NAMES)).toEqual(filtered);
  });

  const listed = (Object.keys(FILTER_NAMES) as FilteredOperation[]).filter((name) => name !== "ListImageScanFindingAggregations");
  test.each(listed)("of %s are paths to texts of the entries", (name) => {
    const lists = Object.values(membersOf(operationOf(name).output)).filter((shape) => shapeOf(shape).type === "list");
    expect(lists).toHaveLength(1);
    for (const filter of FILTER_NAMES[name]) {
      const end = memberPathOf(filter).reduce<ShapeName | undefined>(
        (shape, member) => (shape === undefined ? undefined : membersOf(itemOf(shape))[member]),
        lists[0],
      );
      expect([filter, end === undefined ? undefined : shapeOf(itemOf(end)).type]).toEqual([filter, "string"]);
    }
  });

  test("unknown ones are faults", () => {
    expect(checkFilters("ListImages", [{ name: "name", values: ["web"] }, { name: "Platform" }, { name: "recipe" }, {}])).toEqual([
      'unknown filter "Platform"; allowed: "name", "osVersion", "platform", "type" or "version"; did you mean "platform"?',
      'unknown filter "recipe"; allowed: "name", "osVersion", "platform", "type" or "version"',
      'a filter must have "name"',
    ]);
  });

  test("by name there are no versions to filter by", () => {
    expect(checkFilters("ListImages", [{ name: "version" }, { name: "name" }], { byName: true })).toEqual([
      'the filter "version" cannot be combined with "byName"',
    ]);
    expect(checkFilters("ListImages", [{ name: "version" }], { byName: false })).toEqual([]);
  });
});

describe("entries", () => {
  const component = {
    name: "nginx",
    version: "1.0.0",
    platform: "Linux",
    supportedOsVersions: ["Amazon Linux 2", "Debian 12"],
    productCodes: [{ productCodeId: "a1", productCodeType: "marketplace" }],
  };
  const finding = { severity: "HIGH", packageVulnerabilityDetails: { vulnerabilityId: "CVE-2026-1" } };

  test.each<[string, object, [string, ...string[]][], boolean]>([
    ["no filters", component, [], true],
    ["a filter without values", component, [["name"]], true],
    ["one value", component, [["name", "nginx"]], true],
    ["another case", component, [["name", "Nginx"]], false],
    ["a part of the text", component, [["name", "ngin"]], false],
    ["one of several values", component, [["name", "apache", "nginx"]], true],
    [
      "two filters",
      component,
      [
        ["name", "nginx"],
        ["platform", "Linux"],
      ],
      true,
    ],
    [
      "two filters, one of which fails",
      component,
      [
        ["name", "nginx"],
        ["platform", "Windows"],
      ],
      false,
    ],
    ["one of a list", component, [["supportedOsVersion", "Debian 12"]], true],
    ["none of a list", component, [["supportedOsVersion", "Debian"]], false],
    ["a product code", component, [["productCodes", "a1"]], true],
    ["a member that is not there", component, [["description", "x"]], false],
    ["what objects have from their prototype", component, [["constructor", "x"]], false],
    [
      "a vulnerability",
      finding,
      [
        ["vulnerabilityId", "CVE-2026-1"],
        ["severity", "HIGH"],
      ],
      true,
    ],
    ["another vulnerability", finding, [["vulnerabilityId", "CVE-2026-2"]], false],
  ])("%s", (_what, entry, filters, expected) => {
    expect(
      matchesFilters(
        entry,
        filters.map(([name, ...values]) => ({ name, values })),
      ),
    ).toBe(expected);
  });
});
