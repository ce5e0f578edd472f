import { sql, type Kysely } from "kysely";
import type { Tables } from "../database/tables.js";
import { controlPlaneError } from "../errors.js";
import type { KeyWrapper } from "./key-wrapper.js";
import { ResourceDataKeys, type ResourceKeyParts } from "./resource-data-keys.js";
import { open, plain, seal, sealedBy, type DataKey } from "./sealed-text.js";

/** What data keys need. */
export interface KeyParts extends ResourceKeyParts {
  readonly database: Kysely<Tables>;
  /** Without it nothing is sealed but what names a key of its own, and nothing else can be opened. */
  readonly wrapper: KeyWrapper | undefined;
  readonly random: (bytes: number) => Uint8Array;
}

/** The data keys of a database: those of the server are opened, and the newest one seals; those of resources are opened when needed. */
export class DataKeys {
  #keys: ReadonlyMap<number, DataKey> = new Map();
  readonly resources: ResourceDataKeys;

  private constructor(readonly parts: KeyParts) {
    this.resources = new ResourceDataKeys(parts);
  }

  /** Errors: encryption-key-missing, encryption-key-wrong. With a wrapper and without data keys, the first one is made. */
  static async open(parts: KeyParts): Promise<DataKeys> {
    const keys = new DataKeys(parts);
    await keys.refresh();
    if (parts.wrapper !== undefined && keys.newest === undefined) await keys.add({ onlyFirst: true });
    return keys;
  }

  /** The one that seals; undefined if nothing is sealed. */
  get newest(): DataKey | undefined {
    return this.all.at(-1);
  }

  /** All of the server, the newest last. */
  get all(): readonly DataKey[] {
    return [...this.#keys.values()];
  }

  /** The text as it is to be stored, under a key of the resource's own or that of the server. */
  seal(text: string, key: DataKey | undefined = this.newest): string {
    return seal(text, key, key === undefined ? NO_NONCE : this.parts.random(12));
  }

  /**
   * The text of a stored one. Throws if it was changed, or was sealed by a data key that is gone. Errors: resource-key-not-usable,
   * resource-key-unreachable.
   */
  async open(stored: string): Promise<string> {
    const id = sealedBy(stored);
    return id === undefined ? plain(stored) : open(stored, await this.keyThatOpens(id));
  }

  /** Reads the data keys again if there is none of this number: another server may have made a newer one. */
  async meet(id: number): Promise<void> {
    if (!this.#keys.has(id) && !this.resources.has(id)) await this.refresh();
  }

  /** Errors: as of `open`. */
  async keyThatOpens(id: number): Promise<DataKey> {
    await this.meet(id);
    const key = this.#keys.get(id) ?? (await this.resources.open(id));
    if (key === undefined) throw controlPlaneError("data-key-gone", { id });
    return key;
  }

  /** Makes a data key of the server, which seals from now on; with `onlyFirst`, only if there is none. */
  async add({ onlyFirst = false } = {}): Promise<void> {
    const { database, wrapper, random, clock } = this.parts;
    if (wrapper === undefined) return;
    const wrapped = Buffer.from(await wrapper.wrap(random(32)));
    await database.transaction().execute(async (transaction) => {
      await sql`lock table data_key in share row exclusive mode`.execute(transaction);
      const found = await transaction.selectFrom("data_key").select("id").where("context", "is", null).limit(1).executeTakeFirst();
      if (onlyFirst && found !== undefined) return;
      await transaction.insertInto("data_key").values({ wrapped, wrapped_by: wrapper.name, created_at: clock() }).execute();
    });
    await this.refresh();
  }

  /** Reads the data keys again. */
  async refresh(): Promise<void> {
    const { database, wrapper } = this.parts;
    await this.resources.refresh();
    const rows = await database
      .selectFrom("data_key")
      .select(["id", "wrapped", "wrapped_by"])
      .where("context", "is", null)
      .orderBy("id")
      .execute();
    const keys = new Map<number, DataKey>();
    for (const { id, wrapped, wrapped_by: wrappedBy } of rows) {
      if (wrapper === undefined) throw controlPlaneError("encryption-key-missing", { wrappedBy });
      const known = this.#keys.get(id);
      if (known === undefined && wrappedBy !== wrapper.name)
        throw controlPlaneError("encryption-key-wrong", { wrappedBy, given: wrapper.name });
      keys.set(id, known ?? { id, bytes: await wrapper.unwrap(wrapped) });
    }
    this.#keys = keys;
  }
}

const NO_NONCE = new Uint8Array();
