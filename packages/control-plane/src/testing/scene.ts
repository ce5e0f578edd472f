import { createHash } from "node:crypto";
import { afterAll, beforeAll } from "@jest/globals";
import { operationOf, schemaOf, type Api, type ApiCaller, type OperationName } from "@imagewright/imagebuilder-model";
import { readData } from "@imagewright/yaml-syntax";
import { Pool } from "pg";
import { createControlPlane, type ControlPlane, type ControlPlaneOptions } from "../index.js";
import { faultsOfValue } from "../input/faults-of-value.js";
import type { Quotas } from "../services.js";
import type { TestDatabase } from "@imagewright/embedded-database/testing";
import { migratedDatabase } from "./test-database.js";

export const ACCOUNT = "123456789012";
export const REGION = "eu-west-1";
export const CALLER: ApiCaller = { account: ACCOUNT, region: REGION, principal: `arn:aws:iam::${ACCOUNT}:root` };

/** The start of the ARNs of the caller's resources. */
export const ARN = `arn:aws:imagebuilder:${REGION}:${ACCOUNT}:`;

/** A control plane on a database of its own, for the tests of a file. */
export class Scene {
  readonly objects = new Map<string, string>();
  /** The time; a test may set it. */
  now = Date.parse("2026-11-29T10:00:00Z");
  quotas: Quotas = {};
  #database: TestDatabase | undefined;
  #pool: Pool | undefined;
  #plane: ControlPlane | undefined;
  #token = 0;
  #randoms = 0;

  constructor(quotas: Quotas = {}) {
    this.quotas = quotas;
    beforeAll(async () => {
      this.#database = await migratedDatabase();
      this.#pool = new Pool({ connectionString: this.#database.url });
      this.#pool.on("error", () => {}); // the server stops before the connections know
      this.#plane = await this.open();
    });
    afterAll(async () => {
      await this.#pool?.end();
      await this.#database?.drop();
    });
  }

  get pool(): Pool {
    if (this.#pool === undefined) throw new Error("the database has not started");
    return this.#pool;
  }

  /** The address of the database. */
  get url(): string {
    return this.#database?.url ?? "";
  }

  get plane(): ControlPlane {
    if (this.#plane === undefined) throw new Error("the control plane has not started");
    return this.#plane;
  }

  /** Another control plane on the same database, as of another server. */
  open(options: Pick<ControlPlaneOptions, "encryptionKey" | "resourceKeys"> = {}): Promise<ControlPlane> {
    return createControlPlane({
      database: this.pool,
      clock: () => new Date(this.now),
      random: (size) => this.random(size),
      regions: [REGION, "us-east-1"],
      quotas: this.quotas,
      readObject: (uri, mostBytes) => this.#read(uri, mostBytes),
      ...options,
    });
  }

  /** Calls an operation as the account; a client token is added where the operation takes one. The answer fits its shape. */
  async call<Name extends OperationName>(
    name: Name,
    input: object,
    caller: Partial<ApiCaller> = {},
  ): Promise<Api.Operations[Name]["output"]> {
    const token = /^(Create|Update|Import|Start|Cancel|Retry|Distribute|Send)/.test(name)
      ? { clientToken: `token-${(this.#token += 1)}` }
      : {};
    const answer = await this.plane.call(name, { ...token, ...input } as Api.Operations[Name]["input"], callerOf(caller));
    const asSent = JSON.parse(JSON.stringify(answer), withoutEmptyTags) as object;
    const faults = faultsOfValue(readData(asSent, schemaOf(operationOf(name).output), { what: "the answer" }).diagnostics);
    if (faults !== undefined) throw new Error(`the answer of ${name} does not fit its shape: ${faults.reason}`);
    return answer;
  }

  /** What the operation answers instead of an output: the name of the error and its message. */
  async refused(name: OperationName, input: object, caller: Partial<ApiCaller> = {}): Promise<string> {
    try {
      return `no error: ${JSON.stringify(await this.call(name, input, caller))}`;
    } catch (thrown) {
      const { name: error, message, cause } = thrown as Error;
      return `${error}: ${message}${cause instanceof Error ? ` [${cause.message}]` : ""}`;
    }
  }

  /** Bytes that are the same in each run of the tests, and never twice in one. */
  random(size: number): Uint8Array {
    return createHash("shake256", { outputLength: size })
      .update(String((this.#randoms += 1)))
      .digest();
  }

  async #read(uri: string, mostBytes: number): Promise<Uint8Array> {
    const text = this.objects.get(uri);
    if (text === undefined) throw new Error(`there is no object at ${uri}`);
    const bytes = new TextEncoder().encode(text);
    if (bytes.length > mostBytes) throw new Error(`the object has ${bytes.length} bytes; allowed: at most ${mostBytes}`);
    return Promise.resolve(bytes);
  }
}

/** The root of the account, if nobody else is named. */
function callerOf(caller: Partial<ApiCaller>): ApiCaller {
  const { account = ACCOUNT } = caller;
  return { ...CALLER, principal: `arn:aws:iam::${account}:root`, ...caller };
}

/** The service answers empty tags, which their shape does not have. */
function withoutEmptyTags(key: string, value: unknown): unknown {
  return key === "tags" && typeof value === "object" && value !== null && Object.keys(value).length === 0 ? undefined : value;
}

/** A component document with one command in each of the given phases. */
export function documentWith(command: string, phases: readonly string[] = ["build"]): string {
  const steps = (phase: string) => [{ name: `${phase}Step`, action: "ExecuteBash", inputs: { commands: [command] } }];
  return JSON.stringify({ schemaVersion: 1, phases: phases.map((phase) => ({ name: phase, steps: steps(phase) })) });
}
