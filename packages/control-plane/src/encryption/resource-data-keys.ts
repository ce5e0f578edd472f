import { sql, type Kysely } from "kysely";
import type { Tables } from "../database/tables.js";
import { Remembered } from "./remembered.js";
import { resourceKeyFailure, useIn, type ResourceKeyOptions } from "./resource-key-service.js";
import type { DataKey } from "./sealed-text.js";

/** A data key as stored: for what, and under which key of KMS. */
export interface StoredDataKey {
  readonly id: number;
  readonly wrapped: Buffer;
  /** The ARN of the key. */
  readonly key: string;
  readonly context: string;
}

/** What resource data keys need. */
export interface ResourceKeyParts {
  readonly database: Kysely<Tables>;
  readonly clock: () => Date;
  /** Without it they cannot be opened. */
  readonly resourceKeys: ResourceKeyOptions | undefined;
}

// a key that was disabled opens nothing after five minutes; an alias that was moved counts after as long
const KEPT_FOR = { value: 5 * 60_000, failure: 5_000 };

/** The data keys for resources that name a key of KMS. Each is opened when it is needed, since its key may be gone. */
export class ResourceDataKeys {
  #stored: ReadonlyMap<number, StoredDataKey> = new Map();
  readonly #opened: Remembered<DataKey>;
  readonly #named: Remembered<number>;

  constructor(private readonly parts: ResourceKeyParts) {
    this.#opened = new Remembered(parts.clock, KEPT_FOR);
    this.#named = new Remembered(parts.clock, KEPT_FOR);
  }

  /** All, the newest last. */
  get all(): readonly StoredDataKey[] {
    return [...this.#stored.values()];
  }

  has(id: number): boolean {
    return this.#stored.has(id);
  }

  /** The newest one for the same resources under the same key; undefined if there is none of this number. */
  newestLike(id: number): StoredDataKey | undefined {
    const like = this.#stored.get(id);
    return like && this.all.findLast(({ key, context }) => key === like.key && context === like.context);
  }

  /** Errors: resource-key-not-usable, resource-key-unreachable. */
  async open(id: number): Promise<DataKey | undefined> {
    const stored = this.#stored.get(id);
    return stored && this.#opened.get(String(id), () => this.#unwrap(stored));
  }

  /** The data key that seals under the key that an id, an alias or an ARN names now. Errors: as above. */
  async sealing(named: string, context: string): Promise<DataKey> {
    const id = await this.#named.get(`${context} ${named}`, () => this.#resolve(named, context));
    const key = await this.open(id);
    if (key !== undefined) return key;
    throw new Error(`the data key ${String(id)} was removed`);
  }

  /** Makes a new data key beside the newest one, for what is sealed from now on. Errors: as above. */
  async renew({ key, context }: Pick<StoredDataKey, "key" | "context">): Promise<void> {
    const made = await this.#generate(key, context);
    await this.#add({ ...made, key, context }, { onlyFirst: false });
    this.#named.clear();
  }

  /** Why a data key cannot be opened now, asked anew; undefined if it can. */
  async problemOf(stored: StoredDataKey): Promise<string | undefined> {
    return this.#unwrap(stored).then(
      () => undefined,
      (thrown: Error) => thrown.message,
    );
  }

  /** Reads which there are. */
  async refresh(): Promise<void> {
    const rows = await this.parts.database
      .selectFrom("data_key")
      .select(["id", "wrapped", "wrapped_by as key", "context"])
      .where("context", "is not", null)
      .orderBy("id")
      .execute();
    this.#stored = new Map(rows.map(({ context, ...row }) => [row.id, { ...row, context: context ?? "" }]));
  }

  async #resolve(named: string, context: string): Promise<number> {
    const made = await this.#generate(named, context);
    return this.#add({ ...made, context }, { onlyFirst: true });
  }

  async #add(
    { key, context, bytes, wrapped }: Pick<StoredDataKey, "key" | "context"> & { readonly bytes: Uint8Array; readonly wrapped: Uint8Array },
    { onlyFirst }: { readonly onlyFirst: boolean },
  ): Promise<number> {
    const { database, clock } = this.parts;
    const { id, isNew } = await database.transaction().execute(async (transaction) => {
      await sql`lock table data_key in share row exclusive mode`.execute(transaction);
      const newest = transaction.selectFrom("data_key").select("id").where("context", "=", context).where("wrapped_by", "=", key);
      const found = onlyFirst ? await newest.orderBy("id", "desc").limit(1).executeTakeFirst() : undefined;
      if (found !== undefined) return { id: found.id, isNew: false };
      const values = { wrapped: Buffer.from(wrapped), wrapped_by: key, context, created_at: clock() };
      const stored = await transaction.insertInto("data_key").values(values).returning("id").executeTakeFirstOrThrow();
      return { id: stored.id, isNew: true };
    });
    if (isNew) this.#opened.set(String(id), { id, bytes });
    if (!this.has(id)) await this.refresh();
    return id;
  }

  async #generate(named: string, context: string) {
    const { resourceKeys } = this.parts;
    if (resourceKeys === undefined) throw resourceKeyFailure(new Error(NO_SERVICE));
    return resourceKeys.service.generate(named, useIn(context)).catch((thrown: unknown) => {
      throw resourceKeyFailure(thrown);
    });
  }

  async #unwrap({ id, wrapped, key, context }: StoredDataKey): Promise<DataKey> {
    const { resourceKeys } = this.parts;
    if (resourceKeys === undefined) throw resourceKeyFailure(new Error(NO_SERVICE));
    const bytes = await resourceKeys.service.open(key, wrapped, useIn(context)).catch((thrown: unknown) => {
      throw resourceKeyFailure(thrown);
    });
    return { id, bytes };
  }
}

const NO_SERVICE = "this program reaches no KMS";
