import { createHash } from "node:crypto";
import { tmpdir, userInfo } from "node:os";
import { dirname, join } from "node:path";
import { makePrivateFolder } from "@imagewright/node-host";
import { defaultDatabaseFolder } from "../database-folder.js";

/** What is where for the test server of a checkout. */
export interface TestFolder {
  readonly path: string;
  /** The folder of the embedded database. */
  readonly server: string;
  /** Postgres's programs, for all checkouts. */
  readonly programs: string;
  readonly users: string;
  readonly turns: string;
  /** Says which process keeps the server, and how it is reached. */
  readonly keeper: string;
  readonly log: string;
}

/** Makes the folder: a server of its own for each user, and each checkout, which may have another version of this package. */
export async function openTestFolder(): Promise<TestFolder> {
  const checkout = createHash("sha256")
    .update(import.meta.url)
    .digest("hex")
    .slice(0, 12);
  const path = join(placeOfTests(), checkout);
  await makePrivateFolder(path);
  return testFolder(path);
}

/** Where everything of this user's tests is. */
export function placeOfTests(): string {
  const { uid, username } = userInfo();
  const name = "imagewright-test-databases";
  return uid === 0 ? join(dirname(defaultDatabaseFolder("", true)), name) : join(tmpdir(), `${name}-${uid === -1 ? username : uid}`);
}

export function testFolder(path: string): TestFolder {
  const below = (name: string) => join(path, name);
  return {
    path,
    server: below("server"),
    programs: join(dirname(path), "programs"),
    users: below("users"),
    turns: below("turns"),
    keeper: below("keeper.json"),
    log: below("keeper.log"),
  };
}
