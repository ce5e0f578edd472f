/** The files of a job, by their paths in its folder. */
export const EVENTS_FILE = "events.jsonl";
export const RESULT_FILE = "result.json";
/** The folder in which each run makes its log folder. */
export const LOGS_FOLDER = "logs";
/** The folder with the state of a run that has not ended. It is of use only on the machine, and never collected. */
export const STATE_FOLDER = "state";

// the log folder of a run, as component-runner names it: the time, and the execution id
const LOG_FOLDER = /^TOE_\d{4}-\d\d-\d\d_\d\d-\d\d-\d\d_UTC-0_[0-9A-Za-z._-]{1,128}$/;
const LOG_FILES = new Set(["application.log", "chaining.json", "console.log", "detailedoutput.json", "document.yaml"]);
const OTHER_DOCUMENT = /^document-[1-9]\d{0,3}\.yaml$/;

/** Whether the agent writes a log file of this path, which is relative to the folder `logs` with `/` as separator. */
export function isLogFile(path: string): boolean {
  const [folder = "", name = "", ...deeper] = path.split("/");
  return deeper.length === 0 && LOG_FOLDER.test(folder) && (LOG_FILES.has(name) || OTHER_DOCUMENT.test(name));
}

/** Whether a path, relative to the job's folder, is of a file that the agent writes and that is worth collecting. */
export function isJobFile(path: string): boolean {
  if (path === EVENTS_FILE || path === RESULT_FILE) return true;
  return path.startsWith(`${LOGS_FOLDER}/`) && isLogFile(path.slice(LOGS_FOLDER.length + 1));
}
