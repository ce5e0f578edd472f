import type { ConfiguredValue } from "@imagewright/configuration";
import { listOf } from "@imagewright/diagnostics";
import { notAllowed } from "../serve/setting-not-allowed.js";

/** Where traces are sent to, checked. */
export interface TraceSettings {
  /** The URL that takes them. */
  readonly url: string;
  readonly protocol: TraceProtocol;
}

const PROTOCOLS = ["http/protobuf", "http/json"] as const;
export type TraceProtocol = (typeof PROTOCOLS)[number];

const PATH = "/v1/traces";
const SAMPLERS = ["always_on", "always_off", "traceidratio"].flatMap((name) => [name, `parentbased_${name}`]);

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Checks where traces are sent to, and the variables of OpenTelemetry that say how. Undefined if they are off. Throws WrongUsage for a
 * flag. Errors: setting-not-allowed. Source: OpenTelemetry, "Environment Variable Specification" and "Protocol Exporter".
 */
export function checkTraceSettings(given: ConfiguredValue<string> | undefined, environment: Environment): TraceSettings | undefined {
  if (given === undefined || given.value === "off" || isSwitchedOff(given, environment)) return undefined;
  const url = collectorUrl(given);
  const protocol = variable(environment, "OTEL_EXPORTER_OTLP_TRACES_PROTOCOL") ?? variable(environment, "OTEL_EXPORTER_OTLP_PROTOCOL");
  checkSampler(environment);
  return { url, protocol: protocol === undefined ? "http/protobuf" : oneOf(PROTOCOLS, "the protocol of traces", protocol) };
}

/** For all programs that are told by the variables of OpenTelemetry where to send traces, there are variables that tell them not to. */
function isSwitchedOff({ origin }: ConfiguredValue<string>, environment: Environment): boolean {
  if (origin.kind !== "environment" || !origin.name.startsWith("OTEL_")) return false;
  const exporter = variable(environment, "OTEL_TRACES_EXPORTER");
  if (exporter !== undefined && oneOf(["otlp", "none"], "the exporter of traces", exporter) === "none") return true;
  return environment["OTEL_SDK_DISABLED"]?.toLowerCase() === "true";
}

/** A URL that was given for traces alone is taken as it is; every other one is that of a collector, and the path is added. */
function collectorUrl(setting: ConfiguredValue<string>): string {
  const url = URL.canParse(setting.value) ? new URL(setting.value) : undefined;
  if (url === undefined || !["http:", "https:"].includes(url.protocol) || url.username !== "" || url.password !== "")
    // it may have a password, so it is not shown
    throw notAllowed("where traces are sent to", setting, "off, or a URL without a password, such as http://127.0.0.1:4318", undefined);
  const isWhole = setting.origin.kind === "environment" && setting.origin.name === "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT";
  if (!isWhole && !url.pathname.endsWith(PATH)) url.pathname = url.pathname.replace(/\/*$/, PATH);
  return url.href;
}

/** The library would take the default, and send more or less than is wanted. */
function checkSampler(environment: Environment): void {
  const sampler = variable(environment, "OTEL_TRACES_SAMPLER");
  if (sampler === undefined || !oneOf(SAMPLERS, "the sampler of traces", sampler).endsWith("ratio")) return;
  const name = "OTEL_TRACES_SAMPLER_ARG";
  const share = variable(environment, name) ?? { value: "", origin: { kind: "environment", name } as const };
  if (share.value.trim() === "" || !(Number(share.value) >= 0 && Number(share.value) <= 1))
    throw notAllowed("the share of traces", share, "a number from 0 to 1", share.value);
}

function variable(environment: Environment, name: string): ConfiguredValue<string> | undefined {
  const value = environment[name];
  return value === undefined || value === "" ? undefined : { value, origin: { kind: "environment", name } };
}

function oneOf<Value extends string>(allowed: readonly Value[], what: string, setting: ConfiguredValue<string>): Value {
  const found = allowed.find((value) => value === setting.value);
  if (found === undefined) throw notAllowed(what, setting, listOf(allowed), setting.value);
  return found;
}

/** A URL as it may be shown: a query may have a secret. */
export function shownTracesUrl(url: string): string {
  return url.replace(/\/\/[^/]*@/, "//").replace(/\?.*$/, "?…");
}
