import { randomBytes } from "node:crypto";
import { kmsDataKeys, settingsFromEnvironment } from "@imagewright/aws";
import { chooseBuildHost } from "@imagewright/build-hosts";
import { createControlPlane } from "@imagewright/control-plane";
import { startWorker } from "../index.js";

/**
 * A server that runs images, in a process of its own: `PROGRAM DATABASE_URL DATA_FOLDER STATE_FOLDER AGENT MOST [cloudwatch]`. S3, KMS
 * and CloudWatch Logs are reached by the variables of the environment; SWEEP_MILLISECONDS says how often what is left over is removed.
 * Says `ready`, and ends in order at SIGTERM. What keeps it from working is on standard error.
 */
const [database = "", dataFolder = "", stateFolder = "", agent = "", most = "2", cloudWatch = ""] = process.argv.slice(2);
const readObject = () => Promise.reject(new Error("there is no S3"));
const plane = await createControlPlane({
  database,
  clock: () => new Date(),
  random: randomBytes,
  regions: ["eu-west-1"],
  readObject,
  resourceKeys: { setting: "keep", service: kmsDataKeys(settingsFromEnvironment(process.env)) },
});
const sweep = process.env["SWEEP_MILLISECONDS"];
const { host } = await chooseBuildHost({ preferred: "buildah", stateFolder });
const worker = await startWorker({
  ...{ plane: () => plane, place: { dataFolder, stateFolder }, host, agent, privateAddresses: "allowed" },
  logs: { aws: settingsFromEnvironment(process.env), cloudWatch: cloudWatch !== "", days: 30 },
  limits: { ofServer: Number(most), ofAccount: 20 },
  ...(sweep !== undefined && { sweepMilliseconds: Number(sweep) }),
  onProblem: (thrown) => process.stderr.write(`${String(thrown)}\n`),
});
process.stdout.write("ready\n");
process.once("SIGTERM", () => {
  void worker.close().then(async () => {
    await plane.close();
    process.stdout.write("ended\n", () => process.exit(0));
  });
});
