import { createFastify } from "./http/create-fastify.js";
import { addHealthRoutes } from "./http/health-routes.js";
import { addOperationRoutes } from "./http/operation-routes.js";
import { CallRates } from "./http/call-rates.js";
import { GracefulStop } from "./http/graceful-stop.js";
import { serverError } from "./errors.js";
import { DEFAULT_LIMITS } from "./limits.js";
import type { ApiServerOptions } from "./options.js";
import { readPublicUrl } from "./signature/public-address.js";
import { SigningKeys } from "./signature/signing-keys.js";
import { addStsRoute } from "./sts/sts-route.js";

/** A server of the API. */
export interface ApiServer {
  /** Begins to listen; port 0 takes a free one. Throws `cannot-listen`. */
  listen(address: { readonly host: string; readonly port: number }): Promise<void>;
  /** Where it listens, as in `http://127.0.0.1:8080`. Throws `not-listening`. */
  readonly url: string;
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
  const stop = new GracefulStop(fastify.server, limits.requestMs);
  const context = { options, rates: new CallRates(limits), publicAddress, signingKeys: new SigningKeys() };
  addOperationRoutes(fastify, context);
  addStsRoute(fastify, context);
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
    close: () => stop.run(() => fastify.close()),
  };
}
