import { randomUUID } from "node:crypto";
import { DBOS } from "@dbos-inc/dbos-sdk";
import type { Json } from "../../json.js";

interface Sent {
  readonly id: string;
  readonly value: Json;
}

/** A message is a workflow that returns it: its id makes the first one stand. `DBOS.send` needs a destination that has been started. */
const keep = DBOS.registerWorkflow(async (sent: Sent) => Promise.resolve(sent), { name: "message" });

export async function sendMessage(execution: string, key: string, value: Json): Promise<boolean> {
  const id = randomUUID();
  const handle = await DBOS.startWorkflow(keep, { workflowID: idOf(execution, key) })({ id, value });
  return (await handle.getResult()).id === id;
}

export async function readMessage(execution: string, key: string): Promise<Json | undefined> {
  const id = idOf(execution, key);
  if ((await DBOS.getWorkflowStatus(id))?.status !== "SUCCESS") return undefined;
  return ((await DBOS.getResult<Sent>(id)) as Sent).value;
}

function idOf(execution: string, key: string): string {
  return JSON.stringify([execution, "message", key]).replace("[", "message[");
}
