import type { Flags } from "../cli/flags.js";
import { LOG_READERS, RESTART_MODES } from "./run-choices.js";

/** The flags of `run`: those of chapter 09 of the guide, further ones of awstoe, and at the end those that awstoe does not have. */
export const RUN_FLAGS = {
  config: {
    short: "c",
    value: "FILE",
    isFile: true,
    description: "Input configuration file (JSON or YAML), local or s3://; replaces --documents",
  },
  "cw-ignore-failures": { description: "Continue if CloudWatch Logs cannot be reached" },
  "cw-log-group": { value: "NAME", description: "Log group in CloudWatch Logs" },
  "cw-log-region": { value: "REGION", description: "Region of CloudWatch Logs" },
  "cw-log-stream": { value: "NAME", description: "Log stream that receives console.log" },
  "document-s3-bucket-owner": { value: "ACCOUNT", description: "Account that must own the bucket of s3:// documents" },
  documents: {
    short: "d",
    value: "LIST",
    isFile: true,
    description: "Component documents: paths, s3:// URIs, component ARNs, separated by commas",
  },
  "execution-id": { short: "i", value: "ID", description: "Id of this run (default: a random id)" },
  "log-directory": {
    short: "l",
    value: "FOLDER",
    description: "Folder in which the log folder is created (default: the current folder; on Windows one below %ProgramData%)",
  },
  "log-readers": {
    value: "WHO",
    choices: LOG_READERS,
    description: "Who can read the log folder: owner (default), group, that of the user as well, or all (not in awstoe)",
  },
  "log-s3-bucket-name": { short: "b", value: "BUCKET", description: "Bucket to which the log folder is uploaded at the end" },
  "log-s3-bucket-owner": { value: "ACCOUNT", description: "Account that must own that bucket" },
  "log-s3-key-prefix": { short: "k", value: "PREFIX", description: "Key prefix of the uploaded logs" },
  parameters: {
    value: "LIST",
    description: "Values of parameters: name1=value1,name2=value2; double quotes around a pair keep its commas",
  },
  phases: { short: "p", value: "LIST", description: "Phases to run, separated by commas (default: all, in the order of the document)" },
  "state-directory": { short: "s", value: "FOLDER", description: "Folder for the state of a run until it ends" },
  version: { short: "v", description: "Print the version" },
  help: { short: "h", description: "Print this help" },
  trace: { short: "t", description: "Print console.log on standard error while it is written" },
  "show-output": {
    description: "Print what steps print on standard error while they run, each line behind the name of its step (not in awstoe)",
  },
  raw: { description: "Show the output of steps as it is: by default control characters are written out (not in awstoe)" },
  "blocked-action-modules": { value: "LIST", description: "Action modules that documents may not use, separated by commas" },
  resume: { value: "ID", description: "Resume the run with this id after a crash or a restart (not in awstoe)" },
  restart: {
    value: "HOW",
    choices: RESTART_MODES,
    description: "Who restarts the machine: system (the agent), caller (exit code 194), or auto (default; not in awstoe)",
  },
  job: {
    value: "FOLDER",
    description: "Write the events and the result of the run to this folder, with its logs and its state below it (not in awstoe)",
  },
  "no-private-addresses": {
    description: "Download from public addresses only, and not from this machine, its networks or metadata services (not in awstoe)",
  },
  "event-stream": { description: "Print the events of the run on standard error, one JSON object per line (not in awstoe)" },
} as const satisfies Flags;
