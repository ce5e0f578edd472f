import { createHash } from "node:crypto";
import { tmpdir, userInfo } from "node:os";
import { join } from "node:path";
import { makePrivateFolder } from "@imagewright/node-host";
import { defaultDatabaseFolder } from "../database-folder.js";

/** What is where for the test server of a checkout. */
export interface TestFolder {
  readonly path: string;
  /** The folder of the embedded database. */
  readonly server: string;
  readonly users: string;
  readonly turns: string;
  /** Says which process keeps the server, and how it is reached. */
  readonly keeper: string;
  readonly log: string;
}

/** Makes the folder: a server of its own for each user, and each checkout, which may have another version of this package. */
export async function openTestFolder(): Promise<TestFolder> {
  const { uid, username } = userInfo();
  const checkout = createHash("sha256")
    .update(import.meta.url)
    .digest("hex")
    .slice(0, 12);
  const name = `imagewright-test-databases-${uid === -1 ? username : uid}`;
  const path = join(uid === 0 ? `${defaultDatabaseFolder("")}-tests` : join(tmpdir(), name), checkout);
  await makePrivateFolder(path);
  return testFolder(path);
}

export function testFolder(path: string): TestFolder {
  const below = (name: string) => join(path, name);
  return {
    path,
    server: below("server"),
    users: below("users"),
    turns: below("turns"),
    keeper: below("keeper.json"),
    log: below("keeper.log"),
  };
}
