declare module "@20minutes/s3rver" {
  import type { IncomingMessage, Server } from "node:http";
  import type { AddressInfo } from "node:net";
  import type { Readable } from "node:stream";

  /** The part of a Koa context that tests look at. */
  export interface S3Context {
    readonly method: string;
    readonly path: string;
    readonly query: Readonly<Record<string, string>>;
    readonly req: IncomingMessage;
    get(header: string): string;
    status: number;
    type: string;
    length: number;
    body: string | Readable;
  }

  export default class S3rver {
    readonly middleware: ((context: S3Context, next: () => Promise<void>) => Promise<void>)[];
    readonly httpServer: Server;
    constructor(options: {
      address: string;
      port: number;
      silent: boolean;
      vhostBuckets: boolean;
      directory: string;
      configureBuckets: readonly { name: string }[];
    });
    run(): Promise<AddressInfo>;
  }
}
