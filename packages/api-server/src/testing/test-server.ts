import { randomBytes } from "node:crypto";
import { createApiServer, type AccessKey, type ApiServer, type ApiServerOptions, type RequestRecord } from "../index.js";

/** The key of the tests. */
export const KEY = { accessKeyId: "AKIATESTTESTTESTTEST", secretAccessKey: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY" } as const;
export const ACCOUNT = "123456789012";
export const PRINCIPAL = `arn:aws:iam::${ACCOUNT}:user/ada`;

/** A server on a free port of the loopback, with what it was asked and what it has logged. */
export interface TestServer {
  readonly server: ApiServer;
  readonly url: string;
  readonly keys: Map<string, AccessKey>;
  readonly records: RequestRecord[];
  /** Resolves when there are that many records. */
  waitForRecords(count: number): Promise<readonly RequestRecord[]>;
}

/** Starts a server; its handler answers with nothing unless it is given. */
export async function startTestServer(options: Partial<ApiServerOptions> = {}): Promise<TestServer> {
  const keys = new Map<string, AccessKey>([
    [KEY.accessKeyId, { secretAccessKey: KEY.secretAccessKey, account: ACCOUNT, principal: PRINCIPAL }],
  ]);
  const records: RequestRecord[] = [];
  const waiting: (() => void)[] = [];
  const server = createApiServer({
    handle: async () => ({}),
    findAccessKey: async (id) => keys.get(id),
    regions: ["eu-central-1", "eu-west-1"],
    clock: () => new Date(),
    random: (size) => randomBytes(size),
    log: (record) => {
      records.push(record);
      for (const wake of waiting.splice(0)) wake();
    },
    ready: async () => ({ ready: true }),
    ...options,
  });
  await server.listen({ host: "127.0.0.1", port: 0 });
  return {
    server,
    url: server.url,
    keys,
    records,
    async waitForRecords(count) {
      while (records.length < count) await new Promise<void>((resolve) => waiting.push(resolve));
      return records;
    },
  };
}
