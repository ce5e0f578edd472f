import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { describeCause } from "@imagewright/diagnostics";
import { ibError } from "../errors.js";
import type { ListenAddress } from "./checked-settings.js";
import type { MetricsSources, ServiceMetrics } from "./metrics.js";

/** Where metrics are served. */
export interface MetricsServer {
  readonly url: string;
  close(): Promise<void>;
}

const PATH = "/metrics";

/** Makes and serves metrics, if there is an address for them; what makes them is not loaded else. Errors: metrics-not-served. */
export async function openMetrics(address: ListenAddress | undefined, sources: MetricsSources) {
  if (address === undefined) return undefined;
  const { ServiceMetrics } = await import("./metrics.js");
  const metrics = new ServiceMetrics(sources);
  return { metrics, server: await serveMetrics(address, metrics) };
}

/** They have an address of their own: who may call the API and who may read them is decided apart. */
async function serveMetrics({ host, port }: ListenAddress, metrics: ServiceMetrics): Promise<MetricsServer> {
  const server = createServer((request, response) => {
    const [path] = (request.url ?? "").split("?", 1);
    const send = (status: number, text: string, type = "text/plain; charset=utf-8") =>
      response.writeHead(status, { "content-type": type }).end(request.method === "HEAD" ? undefined : text);
    if (path !== PATH) return send(404, `metrics are at ${PATH}\n`);
    if (request.method !== "GET" && request.method !== "HEAD") return send(405, "allowed: GET and HEAD\n");
    metrics.text().then(
      (text) => send(200, text, metrics.contentType),
      () => send(500, "the metrics could not be read\n"),
    );
  });
  server.listen(port, host);
  try {
    await once(server, "listening");
  } catch (thrown) {
    throw ibError("metrics-not-served", { host, port, cause: describeCause(thrown) }, { cause: thrown });
  }
  const { address, family, port: taken } = server.address() as AddressInfo;
  return {
    url: `http://${family === "IPv6" ? `[${address}]` : address}:${taken}${PATH}`,
    close: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, "close");
    },
  };
}
