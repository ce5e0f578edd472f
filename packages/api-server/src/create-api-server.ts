import { Server as TlsServer } from "node:https";
import { addEventRoute, OpenStreams } from "./events/event-routes.js";
import { createFastify } from "./http/create-fastify.js";
import { addHealthRoutes } from "./http/health-routes.js";
import { addOperationRoutes } from "./http/operation-routes.js";
import { CallRates } from "./http/call-rates.js";
import { GracefulStop } from "./http/graceful-stop.js";
import { serverError } from "./errors.js";
import { DEFAULT_LIMITS } from "./limits.js";
import type { ApiServerOptions, ServerCertificate } from "./options.js";
import { readPublicUrl } from "./signature/public-address.js";
import { SigningKeys } from "./signature/signing-keys.js";
import { addStsRoute } from "./sts/sts-route.js";

/** A server of the API. */
export interface ApiServer {
  /** Begins to listen; port 0 takes a free one. Throws `cannot-listen`. */
  listen(address: { readonly host: string; readonly port: number }): Promise<void>;
  /** Where it listens, as in `http://127.0.0.1:8080`, or `https://…` with a certificate. Throws `not-listening`. */
  readonly url: string;
  /** Has new connections use another certificate. Throws what OpenSSL says of a pair that does not fit; the one before stays. */
  renewCertificate(certificate: ServerCertificate): void;
  /** Stops listening, and resolves when all requests that have arrived are answered. */
  close(): Promise<void>;
}

/**
 * Makes a server that answers all operations of the model, and GetCallerIdentity and GetSessionToken of STS. Throws `invalid-public-url`.
 */
export function createApiServer(options: ApiServerOptions): ApiServer {
  const limits = { ...DEFAULT_LIMITS, ...options.limits };
  const publicAddress = options.publicUrl === undefined ? undefined : readPublicUrl(options.publicUrl);
  const fastify = createFastify(options, limits, () => stop.isStopping);
  const { server } = fastify;
  const stop = new GracefulStop(server, limits.requestMs);
  const context = { options, rates: new CallRates(limits), publicAddress, signingKeys: new SigningKeys() };
  addOperationRoutes(fastify, context);
  addStsRoute(fastify, context);
  const streams = new OpenStreams(limits.eventStreams);
  if (options.events !== undefined) addEventRoute(fastify, context, { events: options.events, streams, heartbeatMs: limits.heartbeatMs });
  addHealthRoutes(fastify, options, () => stop.isStopping);
  return {
    listen: async ({ host, port }) => {
      try {
        await fastify.listen({ host, port });
      } catch (cause) {
        throw serverError("cannot-listen", { host, port, cause }, { cause });
      }
    },
    get url() {
      if (fastify.addresses().length === 0) throw serverError("not-listening", {});
      return fastify.listeningOrigin;
    },
    renewCertificate: ({ certificate: cert, key }) => {
      if (server instanceof TlsServer) server.setSecureContext({ cert, key });
    },
    close: () => {
      streams.end();
      return stop.run(() => fastify.close());
    },
  };
}
