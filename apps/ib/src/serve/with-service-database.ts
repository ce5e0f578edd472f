import type { Configuration } from "@imagewright/configuration";
import { ibError } from "../errors.js";
import { checkServiceSettings, type CheckedSettings } from "./checked-settings.js";
import { findServer } from "./server-record.js";
import type { ServiceDatabase } from "./service-database.js";
import { openServiceFiles } from "./service-files.js";

/** Calls the body with the database of the service, as it is. Errors: database-elsewhere, those of the database. */
export async function withServiceDatabase<Result>(
  { dataFolder, service }: Configuration,
  body: (database: ServiceDatabase, settings: CheckedSettings) => Promise<Result>,
): Promise<Result> {
  const given = checkServiceSettings(service);
  const server = await findServer(await openServiceFiles(dataFolder.value));
  if (server?.isDatabaseEmbedded === false && given.databaseUrl === undefined) throw ibError("database-elsewhere", server);
  // that of another database is another one
  const recorded = given.databaseUrl === undefined ? server?.encryptionKey : undefined;
  const settings = { ...given, encryptionKey: given.encryptionKey ?? recorded ?? undefined };
  const { openServiceDatabase } = await import("./service-database.js");
  const database = await openServiceDatabase(settings, dataFolder);
  try {
    return await body(database, settings);
  } finally {
    await database.close();
  }
}
