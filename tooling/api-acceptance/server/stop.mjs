// After the tests: the suite's own server ends, and what it has stored is removed.
import { once } from "node:events";

export default async function stop() {
  const keeper = globalThis.imagewrightKeeper;
  if (keeper === undefined || keeper.exitCode !== null) return;
  const ended = once(keeper, "exit");
  keeper.stdin.end();
  await ended;
}
