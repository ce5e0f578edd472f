import type { ConfiguredValue } from "@imagewright/configuration";
import { expect, test } from "@jest/globals";
import { checkTraceSettings } from "./trace-settings.js";

const ofFlag = (value: string): ConfiguredValue<string> => ({ value, origin: { kind: "flag", name: "--traces" } });
const ofVariable = (name: string, value: string): ConfiguredValue<string> => ({ value, origin: { kind: "environment", name } });
const STANDARD = ofVariable("OTEL_EXPORTER_OTLP_ENDPOINT", "http://collector:4318");

test.each<[string, ConfiguredValue<string> | undefined, Record<string, string>, string | undefined]>([
  ["not set", undefined, {}, undefined],
  ["off", ofFlag("off"), {}, undefined],
  ["a collector", ofFlag("http://collector:4318"), {}, "http/protobuf http://collector:4318/v1/traces"],
  ["with a path", ofFlag("https://collector/otlp/"), {}, "http/protobuf https://collector/otlp/v1/traces"],
  ["with the path of traces", ofFlag("https://collector/v1/traces?key=a"), {}, "http/protobuf https://collector/v1/traces?key=a"],
  ["the standard variable", STANDARD, {}, "http/protobuf http://collector:4318/v1/traces"],
  [
    "the one for traces is taken as it is",
    ofVariable("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "http://collector/in"),
    {},
    "http/protobuf http://collector/in",
  ],
  ["another form", STANDARD, { OTEL_EXPORTER_OTLP_PROTOCOL: "http/json" }, "http/json http://collector:4318/v1/traces"],
  [
    "of traces alone",
    STANDARD,
    { OTEL_EXPORTER_OTLP_TRACES_PROTOCOL: "http/json", OTEL_EXPORTER_OTLP_PROTOCOL: "grpc" },
    "http/json http://collector:4318/v1/traces",
  ],
  ["no traces of this program", STANDARD, { OTEL_TRACES_EXPORTER: "none" }, undefined],
  ["nothing of any program", STANDARD, { OTEL_SDK_DISABLED: "TRUE" }, undefined],
  ["but what was asked of this one", ofFlag("http://collector"), { OTEL_SDK_DISABLED: "true" }, "http/protobuf http://collector/v1/traces"],
  [
    "a share",
    STANDARD,
    { OTEL_TRACES_SAMPLER: "traceidratio", OTEL_TRACES_SAMPLER_ARG: "0.1" },
    "http/protobuf http://collector:4318/v1/traces",
  ],
])("%s", (_, given, environment, expected) => {
  const settings = checkTraceSettings(given, environment);
  expect(settings && `${settings.protocol} ${settings.url}`).toBe(expected);
});

const URLS = "must be off, or a URL without a password, such as http://127.0.0.1:4318";
test.each<[string, ConfiguredValue<string>, Record<string, string>, string]>([
  ["no URL", ofFlag("on"), {}, `--traces ${URLS}`],
  ["another scheme", ofFlag("grpc://collector:4317"), {}, `--traces ${URLS}`],
  [
    "a password, which is not shown",
    ofVariable("IMAGEWRIGHT_TRACES", "http://a:b@collector"),
    {},
    `where traces are sent to (from IMAGEWRIGHT_TRACES) ${URLS}`,
  ],
  [
    "a protocol that is not spoken",
    STANDARD,
    { OTEL_EXPORTER_OTLP_PROTOCOL: "grpc" },
    'the protocol of traces (from OTEL_EXPORTER_OTLP_PROTOCOL) must be "http/json" or "http/protobuf"; found "grpc"',
  ],
  [
    "another exporter",
    STANDARD,
    { OTEL_TRACES_EXPORTER: "zipkin" },
    'the exporter of traces (from OTEL_TRACES_EXPORTER) must be "none" or "otlp"; found "zipkin"',
  ],
  [
    "an unknown sampler",
    STANDARD,
    { OTEL_TRACES_SAMPLER: "some" },
    'the sampler of traces (from OTEL_TRACES_SAMPLER) must be "always_off", "always_on", "parentbased_always_off", "parentbased_always_on", "parentbased_traceidratio" or "traceidratio"; found "some"',
  ],
  [
    "a share that is none",
    STANDARD,
    { OTEL_TRACES_SAMPLER: "parentbased_traceidratio", OTEL_TRACES_SAMPLER_ARG: "10%" },
    'the share of traces (from OTEL_TRACES_SAMPLER_ARG) must be a number from 0 to 1; found "10%"',
  ],
])("%s is refused", (_, given, environment, message) => {
  expect(() => checkTraceSettings(given, environment)).toThrow(message);
});
