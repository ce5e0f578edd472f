import { join } from "node:path";
import { runContractProgram, type ContractExecution } from "../contract/program.js";
import { openJournal } from "../journal/journal.js";
import { ExecutionLease } from "../leases/execution-lease.js";
import { send } from "../messages.js";

/** The journal file as the contract test drives it, with a lease as its guard. */
await runContractProgram({
  async run(execution, program, signal) {
    const lease = await ExecutionLease.acquire(join(execution.folder, "leases"), execution.name);
    const journal = await openJournal(fileOf(execution), { guard: lease });
    try {
      return await program(journal.durability(signal));
    } finally {
      await journal.close();
      await lease.release();
    }
  },
  send: (execution, key, value) => send(fileOf(execution), key, value),
});

function fileOf({ folder, name }: ContractExecution): string {
  return join(folder, `${name}.jsonl`);
}
