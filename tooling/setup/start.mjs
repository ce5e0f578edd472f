// `npm start`: sets everything up and builds the example image.
import { join } from "node:path";
import { spawnSync } from "node:child_process";
import { buildPackages, installPackages, installSystemPackages, root, run, withRoot } from "./steps.mjs";

const IB = join(root, "apps", "ib", "bin", "ib.js");

installPackages();
buildPackages();
if (!engineIsUsable()) {
  installSystemPackages([
    { command: "buildah", package: "buildah" },
    { command: "mmdebstrap", package: "mmdebstrap" },
  ]);
}
// mmdebstrap makes the parent image of the example with every engine
installSystemPackages([{ command: "mmdebstrap", package: "mmdebstrap" }]);
run(...withRoot(process.execPath, [IB, "build", join("examples", "web-server", "recipe.yaml"), ...process.argv.slice(2)]));

/** Whether doctor finds an engine that works; without root, buildah and mmdebstrap do not. */
function engineIsUsable() {
  return spawnSync(...withRoot(process.execPath, [IB, "doctor"]), { cwd: root, stdio: "ignore" }).status === 0;
}
