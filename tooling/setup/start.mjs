// `npm start`: sets everything up and builds the example image, as the user who calls it. Only Debian packages that are missing need root.
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { buildPackages, fail, installPackages, installSystemPackages, isRoot, refuseSudo, root, run } from "./steps.mjs";

const IB = join(root, "apps", "ib", "bin", "ib.js");
// the example's parent image is made by mmdebstrap; newuidmap gives an ordinary user the ids of a container
const TOOLS = [{ command: "mmdebstrap", package: "mmdebstrap" }, ...(isRoot ? [] : [{ command: "newuidmap", package: "uidmap" }])];

refuseSudo("npm start");
installPackages();
buildPackages();
installSystemPackages([...TOOLS, ...(doctor("ignore") ? [] : [{ command: "buildah", package: "buildah" }])]);
if (!doctor("ignore")) {
  doctor("inherit");
  fail("images cannot be built here yet: what is missing, and how to get it, is said above");
}
run(process.execPath, [IB, "build", join("examples", "web-server", "recipe.yaml"), ...process.argv.slice(2)]);

/** Whether images can be built here; with "inherit", what is missing is shown. */
function doctor(stdio) {
  return spawnSync(process.execPath, [IB, "doctor"], { cwd: root, stdio }).status === 0;
}
