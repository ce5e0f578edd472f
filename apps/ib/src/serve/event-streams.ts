import type { EventStreams, StreamPart, StreamRequest } from "@imagewright/api-server";
import type { PlaneEvents } from "@imagewright/control-plane";
import { busEvent, EVENT_TYPES, type EventType } from "@imagewright/events";
import { ApiError } from "@imagewright/imagebuilder-model";

const EVENTS_AT_ONCE = 50;
/** How often the position is told while there is nothing to tell, in milliseconds. */
const LONGEST_PAUSE = 15_000;
const POSITION = /^\d{1,15}$/;

/** What a client may ask for, in the query of `/events`. */
export interface StreamQuery {
  readonly types: readonly EventType[] | undefined;
  readonly image: string | undefined;
  /** What happened then or later comes first. */
  readonly since: Date | undefined;
  /** Whether the stream goes on when all is told. */
  readonly follow: boolean;
}

/** Streams of what happens in the account and the Region of a caller. */
export function eventStreams(events: () => PlaneEvents): EventStreams {
  return {
    authorize: (caller) => events().authorize(caller),
    open: async (request) => {
      const query = readStreamQuery(request.query);
      return partsOf(events, request, query, await begin(events(), request.lastId, query));
    },
  };
}

/** Throws `InvalidParameterValueException`. */
export function readStreamQuery(parameters: StreamRequest["query"]): StreamQuery {
  const unknown = parameters.find(([name]) => !["type", "image", "since", "follow"].includes(name));
  if (unknown !== undefined) throw invalid(unknown[0], "It is not known; allowed: follow, image, since, type.");
  const values = (name: string) => parameters.filter(([other]) => other === name).map(([, value]) => value);
  const types = values("type").map((text) => {
    const type = EVENT_TYPES.find((known) => known === text);
    if (type === undefined) throw invalid("type", `Allowed: ${EVENT_TYPES.join(", ")}.`);
    return type;
  });
  const [since] = values("since");
  const time = since === undefined ? undefined : new Date(since);
  if (time !== undefined && Number.isNaN(time.getTime())) throw invalid("since", "It must be a time such as 2027-01-01T08:00:00Z.");
  return { types: types.length === 0 ? undefined : types, image: values("image")[0], since: time, follow: values("follow")[0] !== "false" };
}

function invalid(name: string, reason: string): ApiError {
  return new ApiError("InvalidParameterValueException", `The value supplied for parameter '${name}' is not valid. ${reason}`);
}

async function begin(events: PlaneEvents, lastId: string | undefined, { since }: StreamQuery): Promise<number> {
  if (lastId !== undefined) {
    if (!POSITION.test(lastId)) throw invalid("Last-Event-ID", "It must be the id of an event of this stream.");
    return Number(lastId);
  }
  return since === undefined ? events.newest() : events.positionAt(since);
}

async function* partsOf(
  events: () => PlaneEvents,
  { caller: { account, region }, signal }: StreamRequest,
  { types, image, follow }: StreamQuery,
  from: number,
): AsyncGenerator<StreamPart> {
  let position = from;
  // from where it goes on if nothing happens until the connection is lost
  yield { id: String(position) };
  const watch = events().watch();
  try {
    for (;;) {
      if (signal.aborted) return;
      const page = await events().read({ after: position, limit: EVENTS_AT_ONCE, account, region, types, image });
      if (page.hasLost) yield { id: String(position), name: "lost", data: JSON.stringify({ message: "older events have been removed" }) };
      for (const event of page.events) yield { id: String(event.position), data: JSON.stringify(busEvent(event)) };
      if (page.position > (page.events.at(-1)?.position ?? position)) yield { id: String(page.position) };
      position = page.position;
      if (page.hasMore) continue;
      if (!follow) return;
      await watch.next(LONGEST_PAUSE, signal);
    }
  } finally {
    watch.close();
  }
}
