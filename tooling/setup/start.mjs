// `npm start`: sets everything up and builds the example image, as the user who calls it. Only Debian packages that are missing need root.
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { buildPackages, fail, installPackages, installSystemPackages, isOnPath, isRoot, refuseSudo, root, run } from "./steps.mjs";

const IB = join(root, "apps", "ib", "bin", "ib.js");
// the example's parent image is made by mmdebstrap; newuidmap gives an ordinary user the ids of a container
const TOOLS = [{ command: "mmdebstrap", package: "mmdebstrap" }, ...(isRoot ? [] : [{ command: "newuidmap", package: "uidmap" }])];
const BUILDAH = { command: "buildah", package: "buildah" };
// with a container runtime buildah keeps components from this computer better than without; see docs/security.md
const RUNTIME = { command: "runc", package: "runc" };

refuseSudo("npm start");
installPackages();
buildPackages();
// where all of these are there nothing would be installed, and the build says what does not work; to try every engine takes a second
if (![...TOOLS, BUILDAH].every(({ command }) => isOnPath(command))) prepareEngine();
run(process.execPath, [IB, "build", join("examples", "web-server", "recipe.yaml"), ...process.argv.slice(2)]);

/** Installs what is missing; where no engine works, buildah with a container runtime. */
function prepareEngine() {
  const works = doctor("ignore");
  installSystemPackages([...TOOLS, ...(works ? [] : [BUILDAH, RUNTIME])]);
  if (works || doctor("ignore")) return;
  doctor("inherit");
  fail("images cannot be built here yet: what is missing, and how to get it, is said above");
}

/** Whether images can be built here; with "inherit", what is missing is shown. */
function doctor(stdio) {
  return spawnSync(process.execPath, [IB, "doctor"], { cwd: root, stdio }).status === 0;
}
