import type { Agent } from "node:http";
import type { AgentOptions } from "node:https";
import { actionError } from "../errors.js";
import { quotePath } from "../files/show-path.js";
import { proxyFor } from "./proxy-for.js";
import { withoutPassword } from "./show-url.js";

/** Once the signal aborts, connections to the proxy are ended. */
type ProxyOptions = AgentOptions & { readonly signal?: AbortSignal };

/**
 * The agent that sends requests for an address through the proxy that the environment names for it; undefined where it names none.
 * Throws for a proxy of a kind that is not known. `options` are for the connection to the proxy and for keeping connections.
 */
export async function proxyAgent(
  url: URL,
  environment: Readonly<Record<string, string>>,
  options: ProxyOptions = {},
): Promise<Agent | undefined> {
  const proxy = proxyFor(url, environment);
  if (proxy === undefined) return undefined;
  if (!URL.canParse(proxy) || !/^https?:$/.test(new URL(proxy).protocol))
    throw actionError("unusable-proxy", { proxy: quotePath(withoutPassword(proxy)) });
  // loaded only where a proxy is in use
  if (url.protocol === "https:") {
    const { HttpsProxyAgent } = await import("https-proxy-agent");
    return new HttpsProxyAgent(proxy, options);
  }
  const { HttpProxyAgent } = await import("http-proxy-agent");
  return new HttpProxyAgent(proxy, options);
}
