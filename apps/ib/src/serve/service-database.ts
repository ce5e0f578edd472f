import { defaultDatabaseFolder, openEmbeddedDatabase } from "@imagewright/embedded-database";
import type { ConfiguredValue } from "@imagewright/configuration";
import { join } from "node:path";
import type { CheckedSettings } from "./checked-settings.js";
import { shownDatabaseUrl } from "./checked-settings.js";

/** The database of the service. */
export interface ServiceDatabase {
  /** Where it is now, with its password. */
  readonly url: string;
  /** Its folder, or its URL without the password. */
  readonly place: string;
  readonly isEmbedded: boolean;
  /** Starts an embedded one again whose server was killed; nothing for another one. */
  restart(): Promise<void>;
  close(): Promise<void>;
}

/** Starts the embedded database of the data folder, or takes the one that a URL names. Errors: those of `openEmbeddedDatabase`. */
export async function openServiceDatabase(
  { databaseUrl }: Pick<CheckedSettings, "databaseUrl">,
  dataFolder: ConfiguredValue<string>,
): Promise<ServiceDatabase> {
  if (databaseUrl === undefined) return openEmbedded(databaseFolder(dataFolder));
  const nothing = () => Promise.resolve();
  return { url: databaseUrl, place: shownDatabaseUrl(databaseUrl), isEmbedded: false, restart: nothing, close: nothing };
}

/** A data folder that somebody has chosen has its database in it; the default one of root is where no other user can come. */
export function databaseFolder({ value, origin }: ConfiguredValue<string>): string {
  return origin.kind === "default" ? defaultDatabaseFolder(value) : join(value, "database");
}

async function openEmbedded(folder: string): Promise<ServiceDatabase> {
  let opened = await openEmbeddedDatabase({ folder });
  return {
    get url() {
      return opened.url;
    },
    place: folder,
    isEmbedded: true,
    restart: async () => {
      const before = opened;
      opened = await openEmbeddedDatabase({ folder });
      await before.close();
    },
    close: () => opened.close(),
  };
}
