import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { withTemporaryFolder } from "@imagewright/test-kit";
import { damages } from "../testing/damages.js";
import { KeptFinding } from "./kept-finding.js";

test("what was found is believed as long as no bit of its file is flipped; else it is found again", () =>
  withTemporaryFolder(async (folder) => {
    let times = 0;
    const find = () => Promise.resolve({ kind: "oci", times: ++times });
    const kept = new KeptFinding({ engine: "sh", fileName: "finding.json", find });
    const path = join(folder, "finding.json");
    await kept.get(folder);
    expect(await kept.get(folder)).toEqual({ kind: "oci", times: 1 });
    for (const damaged of damages(await readFile(path))) {
      await writeFile(path, damaged);
      expect(await kept.get(folder)).toEqual({ kind: "oci", times });
      expect(await kept.get(folder)).toEqual({ kind: "oci", times });
    }
    expect(times).toBeGreaterThan(100);
    await kept.forget(folder);
    expect(await kept.get(folder)).toEqual({ kind: "oci", times });
  }));
