export { explainTls, type TlsFailure } from "./explain-tls.js";
export { endBySignal, endCancelled, ENDING_SIGNALS, exitCodeOfSignal, type EndingSignal } from "./end-by-signal.js";
export { endFlushed } from "./end-flushed.js";
export { guardOutput, type GuardedOutput } from "./guard-output.js";
export { steadyNow } from "./clock.js";
export { findProgram } from "./find-program.js";
export { hostError, type RefusedPath } from "./errors.js";
export { makeFolders } from "./make-folders.js";
export { endMarkedProcesses, presentMarks } from "./marked-processes.js";
export { createNodeHost } from "./node-host.js";
export { decodeLines, encodeLine, type DecodedLines } from "./private-files/chained-lines.js";
export { readCheckedFile, writeCheckedFile, type CheckedForm } from "./private-files/checked-file.js";
export { checkedText, readCheckedText, type ReadText } from "./private-files/checked-text.js";
export { closeFolder, pathInFolder, folderFacts, holdOwnFolder, setFolderMode, type HeldFolder } from "./private-files/held-folder.js";
export { makeNewFolder } from "./private-files/make-new-folder.js";
export { createNewFile, openOwnFile, readOwnFile } from "./private-files/own-files.js";
export { checkAbove, checkPrivateFolder, makePrivateFolder } from "./private-files/private-folder.js";
export {
  describeFailedRead,
  describeTextFault,
  readTextFile,
  readTextStream,
  type TextFault,
  type TextLimits,
  type TextRead,
} from "./read-text.js";
export { removeWithContent } from "./remove-with-content.js";
export { isRemainder, removeAtomically, removeRemainders } from "./private-files/remove-atomically.js";
export { writeAtomically } from "./private-files/write-atomically.js";
export { identifyProcess, isAlive, isBeforeSystemStart, type ProcessIdentity } from "./process-identity.js";
export { withMark } from "./process-marks.js";
export { abandonedScratch, removeAbandonedScratch, withScratchFolder, type ScratchFolder } from "./scratch-folders.js";
export { isSurelyDead, scratchOwner } from "./scratch-owner.js";
export { adoptScratch, DRAFT_PREFIX, DRAFTS_FILE, removeDrafts, RUNNING_FILE } from "./scratch-records.js";
export { IS_WINDOWS } from "./is-windows.js";
export { readPrinted } from "./windows/decoded-streams.js";
export { exitWithWholeCode } from "./windows/exit-code.js";
export { isShuttingDown } from "./windows/shutting-down.js";
export { windowsAccount, windowsAccountName, type WindowsAccount } from "./windows/this-account.js";
export { inheritedEnvironment } from "./inherited-environment.js";
export { runProgramSync, type SyncProgram } from "./run-program-sync.js";
export { untilAborted } from "./until-aborted.js";
export type { Program, ProgramExit } from "./program.js";
export { runProgram } from "./run-program.js";
