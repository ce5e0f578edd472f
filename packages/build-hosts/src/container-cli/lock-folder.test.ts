import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import type { Engine } from "../engines/engine.js";
import { ContainerCliDialect, type ContainerCli } from "./container-cli-dialect.js";

/** An engine that only says where its store is: none is needed to see what it is asked. */
function dialectOf(cli: Partial<ContainerCli>, calls: string[]): ContainerCliDialect {
  const engine = {
    call: (words: readonly string[]) => {
      calls.push(words.join(" "));
      return Promise.resolve("/run/store\n");
    },
  } as unknown as Engine;
  return new ContainerCliDialect(engine, cli as ContainerCli);
}

test("podman locks names in the folder of its store's locks, as buildah on the same store; docker's store is its daemon's", async () => {
  const calls: string[] = [];
  const podman = dialectOf({ runRoot: "{{.Store.RunRoot}}" }, calls);
  expect([await podman.lockFolder(), await podman.lockFolder()]).toEqual(["/run/store", "/run/store"]);
  expect(calls).toEqual(["info --format {{.Store.RunRoot}}"]);
  const docker = dialectOf({ runRoot: undefined }, calls);
  expect(await docker.lockFolder()).toBe(join(tmpdir(), `imagewright-${String(process.getuid?.() ?? 0)}`));
  expect(calls.length).toBe(1);
});
