// Before the tests: the address and the key of the server under test are in the environment, or a server of the suite's own is started.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { join } from "node:path";

export default async function start() {
  if (process.env.AWS_ENDPOINT_URL_IMAGEBUILDER !== undefined) return;
  const keeper = spawn(process.execPath, [join(import.meta.dirname, "keeper.mjs")], { stdio: ["pipe", "pipe", "inherit"] });
  const ended = once(keeper, "exit").then(([status]) => {
    throw new Error(`the server ended with ${status} before it answered`);
  });
  ended.catch(() => {});
  const [line] = await Promise.race([once(keeper.stdout.setEncoding("utf8"), "data"), ended]);
  for (const row of readFileSync(line.trim(), "utf8").split("\n")) {
    const [, name, value] = /^(?:export )?([A-Z_]+)=(.*)$/.exec(row) ?? [];
    if (name !== undefined) process.env[name] = value.replace(/^(['"])(.*)\1$/, "$2");
  }
  globalThis.imagewrightKeeper = keeper;
}
