import { connect } from "node:net";
import { createInterface } from "node:readline";
import type { AnyActionModule } from "@imagewright/action-contract";
import { runAction } from "../action-run.js";
import type { GuestAnswer, GuestRequest } from "./guest-protocol.js";

/** Runs actions on Windows as a test on the host asks: connects to the port in the first argument and answers until it closes. */
export function serveActions(actions: readonly AnyActionModule[]): void {
  const socket = connect(Number(process.argv[2]), "127.0.0.1");
  createInterface({ input: socket }).on("line", (line) => void answer(JSON.parse(line) as GuestRequest));
  socket.on("close", () => process.exit());

  async function answer({ id, action, input, workingDirectory, environment = {}, abortAt }: GuestRequest): Promise<void> {
    const module = actions.find(({ name }) => name === action);
    if (module === undefined) throw new Error(`the guest has no ${action}`);
    const controller = new AbortController();
    const run = await runAction(module, input as never, {
      workingDirectory,
      environment: { PATH: process.env["PATH"] ?? "", ...environment },
      ...(abortAt !== undefined && {
        signal: controller.signal,
        output: (_stream, chunk) => Buffer.from(chunk).includes(abortAt) && controller.abort(new Error("the time is over")),
      }),
    });
    const answered: GuestAnswer = { id, run };
    socket.write(`${JSON.stringify(answered)}\n`);
  }
}
