import { writeAtomically } from "@imagewright/node-host";

interface KeyInFile {
  readonly id: string;
  readonly secretAccessKey: string;
}

// the profile of the lines that ib serve shows has its key here too
const PROFILES = ["default", "imagewright"];

/**
 * Writes the root access key in the form of the SDKs' credentials files, so that AWS_SHARED_CREDENTIALS_FILE can name it. It is written at
 * each start from the database, which has the key: a server that was killed before it could write it loses nothing.
 */
export function writeRootKey(path: string, { id, secretAccessKey }: KeyInFile): void {
  const lines = PROFILES.map((profile) => `[${profile}]\naws_access_key_id = ${id}\naws_secret_access_key = ${secretAccessKey}\n`);
  writeAtomically(path, lines.join(""));
}
