// A server as far as delivery goes: a test starts it as a process, and kills it. Arguments: database, webhook, secret, lease.
import { randomBytes, randomUUID } from "node:crypto";
import { deliverEvents, webhookKey, webhookSink } from "@imagewright/events";
import { createControlPlane } from "../control-plane.js";

const [database = "", url = "", secret = "", lease = ""] = process.argv.slice(2);
const plane = await createControlPlane({
  ...{ database, clock: () => new Date(), random: randomBytes, regions: ["eu-west-1"] },
  readObject: () => Promise.reject(new Error("not needed")),
});
const sink = webhookSink({ url, key: webhookKey(secret), clock: () => new Date(), timeout: 300 });
await plane.events.sinks.add(sink.id);
const options = { log: () => plane.events, sink, owner: randomUUID(), chance: Math.random, leaseMilliseconds: Number(lease) };
const stop = deliverEvents(options);
process.on("SIGTERM", () => void stop().then(() => plane.close()));
process.stdout.write("delivers\n");
