import type { ClaimedImage, ControlPlane, ImageRunRecord, RunServer } from "@imagewright/control-plane";

/** What a server records of an image, each time in the control plane of the moment: the database may have moved while the image runs. */
export function recordOfImage(plane: () => Pick<ControlPlane, "runs">, image: ClaimedImage, server: RunServer): ImageRunRecord {
  const record = () => plane().runs.recordOf(image, server);
  return {
    placeBuild: (build) => record().placeBuild(build),
    keepChosen: (chosen) => record().keepChosen(chosen),
    reach: (status) => record().reach(status),
    progress: (progress) => record().progress(progress),
    waitForAnswer: (step) => record().waitForAnswer(step),
    log: (build, lines) => record().log(build, lines),
    end: (end) => record().end(end),
    release: () => record().release(),
  };
}
