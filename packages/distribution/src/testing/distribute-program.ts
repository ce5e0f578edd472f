import { readFileSync } from "node:fs";
import type { DistributionPlan } from "@imagewright/distribution-planner";
import { openJournal } from "@imagewright/durability";
import { inheritedEnvironment } from "@imagewright/node-host";
import { pushImage } from "../registries/push-image.js";
import { RegistryClient } from "../registries/registry-client.js";
import type { Registries } from "../registries/registry.js";
import { tagImage } from "../registries/tag-image.js";
import { runPlan } from "../run/run-plan.js";

/** What the program distributes. JSON. */
export interface Distributed {
  readonly plan: DistributionPlan;
  readonly registries: Registries;
  readonly layout: string;
  readonly journal: string;
}

/** Runs a plan, or goes on with it, and prints how its operations have ended: `distribute-program.js FILE`. */
const { plan, registries, layout, journal: file } = JSON.parse(readFileSync(process.argv[2] ?? "", "utf8")) as Distributed;
const targets = { registries, client: new RegistryClient({ environment: inheritedEnvironment() }), layoutOf: () => layout };
const journal = await openJournal(file);
const adapters = { "push-image": pushImage(targets), "tag-image": tagImage(targets) };
const outcomes = await runPlan(plan, { durability: journal.durability(), adapters });
await journal.close();
process.stdout.write(JSON.stringify(outcomes));
