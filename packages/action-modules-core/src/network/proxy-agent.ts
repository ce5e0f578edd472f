import type { Agent } from "node:http";
import type { AgentOptions } from "node:https";
import { actionError } from "../errors.js";
import { quotePath } from "../files/show-path.js";
import { proxyFor } from "./proxy-for.js";
import { withoutPassword } from "./show-url.js";

/** Ends connections to the proxy when it aborts. */
type ProxyOptions = AgentOptions & { readonly signal?: AbortSignal };

/**
 * The agent that sends requests for an address through the proxy in the environment; undefined if there is none.
 * Throws for an unsupported kind of proxy. `options` are for the connection to the proxy and for keeping connections.
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
  // loaded only if a proxy is in use
  if (url.protocol === "https:") {
    const { HttpsProxyAgent } = await import("https-proxy-agent");
    return new HttpsProxyAgent(proxy, options);
  }
  const { HttpProxyAgent } = await import("http-proxy-agent");
  return new HttpProxyAgent(proxy, options);
}
