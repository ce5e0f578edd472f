import type { BusEvent } from "@imagewright/events";
import { safe, type SafeText } from "@imagewright/diagnostics";
import type { SinkNotice } from "../serve/deliver-to-sinks.js";

/** That a sink takes no events, or does again. */
export function describeSinkNotice({ sink, problem }: SinkNotice): SafeText {
  if (problem === undefined) return safe`notice: events are delivered to ${sink} again`;
  return safe`warning: events wait for ${sink}: ${problem}`;
}

/**
 * An event for people: `21:04:05 image web-server 1.0.0/3 BUILDING → TESTING`, in the time of this computer; with its day, if that is over.
 */
export function renderEvent(event: BusEvent, now: Date): SafeText {
  const time = new Date(event.time);
  const day = dayOf(time) === dayOf(now) ? "" : `${dayOf(time)} `;
  return safe`${day}${time.toTimeString().slice(0, 8)} ${describeEvent(event)}`;
}

/** What has happened, in a line. */
export function describeEvent({ "detail-type": type, resources, detail }: BusEvent): string {
  const image = `image ${imageIn(resources[0] ?? "")}`;
  switch (type) {
    case "EC2 Image Builder CVE Detected":
      return `${image} was scanned: ${countsIn(detail["finding-severity-counts"])}`;
    case "EC2 Image Builder Workflow Step Waiting":
      return `${image} step ${textIn(detail, "workflow-step-name")} waits for an action${payloadIn(detail)}`;
    case "EC2 Image Builder Workflow State Change":
      return `${image} workflow ${imageIn(resources[1] ?? "")} ${statesIn(detail)}`;
    case "EC2 Image Builder Workflow Step State Change":
      return `${image} step ${textIn(detail, "workflow-step-name")} ${statesIn(detail)}`;
    default:
      return `${image} ${statesIn(detail)}`;
  }
}

type Detail = BusEvent["detail"];

/** The name and the version of an ARN such as `arn:…:image/web-server/1.0.0/3`; a workflow has its type before them. */
function imageIn(arn: string): string {
  const [kind = "", ...parts] = (arn.split(":")[5] ?? arn).split("/");
  const [name = "", ...version] = kind === "workflow" ? parts.slice(1) : parts;
  return version.length === 0 ? name : `${name} ${version.join("/")}`;
}

function statesIn(detail: Detail): string {
  const [before, after] = ["previous-state", "state"].map((name) => detail[name] as { status?: string; reason?: string } | undefined);
  const reason = after?.reason === undefined ? "" : `: ${after.reason}`;
  return `${before?.status === undefined ? "" : `${before.status} → `}${after?.status ?? ""}${reason}`;
}

function countsIn(counts: unknown): string {
  const { all = 0, critical = 0, high = 0, medium = 0 } = (counts ?? {}) as Readonly<Record<string, number>>;
  return `${String(all)} findings, ${String(critical)} critical, ${String(high)} high, ${String(medium)} medium`;
}

function payloadIn(detail: Detail): string {
  const payload = textIn(detail, "payload");
  return payload === "" ? "" : `: ${payload}`;
}

function textIn(detail: Detail, name: string): string {
  const value = detail[name];
  return typeof value === "string" ? value : "";
}

function dayOf(time: Date): string {
  const [month, day] = [time.getMonth() + 1, time.getDate()].map((number) => String(number).padStart(2, "0"));
  return `${String(time.getFullYear())}-${month ?? ""}-${day ?? ""}`;
}
