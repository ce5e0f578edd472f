import { expect, test } from "@jest/globals";
import { testUserProblem, withTestUser } from "@imagewright/test-kit";
import { join } from "node:path";
import { createThroughKills } from "./testing/creations-through-kills.js";
import { IB } from "./ib.js";
import { clientOf, createComponent, serve } from "./testing/service.js";

const problem = await testUserProblem(IB);

(problem === undefined ? test : test.skip)(`an ordinary user starts the service${problem === undefined ? "" : `: ${problem}`}`, () =>
  withTestUser(async ({ home, prefix }) => {
    const server = serve([], { folder: home, prefix: ["setpriv", ...prefix] });
    const served = await server.answering;
    expect(served).toMatchObject({ database: join(home, ".local/share/imagewright/database"), isDatabaseEmbedded: true });
    expect(await createComponent(await clientOf(served), "first")).toMatch(/component\/first\/1\.0\.0\/1$/);
    server.child.kill("SIGTERM");
    expect((await server.ended).code).toBe(143);
  }),
);

test("1,000 creates through kills of the server and of Postgres: what was acknowledged is there, and nothing half", () =>
  createThroughKills(1000, 10));
