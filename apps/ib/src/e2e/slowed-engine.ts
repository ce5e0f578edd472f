import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { findProgram } from "@imagewright/node-host";

/** The variables with which an engine's calls, but for jobs, take a second longer: half of it before and half after their work. */
export async function slowedEngine(engine: string, folder: string): Promise<Record<string, string>> {
  const path = process.env["PATH"] ?? "";
  const real = (await findProgram(engine, path)) ?? engine;
  const place = join(folder, "slowed");
  await mkdir(place, { recursive: true });
  // the engine dies with its caller, so it has to die with the script that is the caller's
  const script = `#!/bin/sh
case " $* " in *" run "*) exec ${real} "$@" ;; esac
sleep 0.5
setpriv --pdeathsig KILL ${real} "$@"
code=$?
sleep 0.5
exit $code
`;
  await writeFile(join(place, engine), script, { mode: 0o755 });
  return { PATH: `${place}:${path}` };
}
