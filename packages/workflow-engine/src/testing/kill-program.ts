import { appendFileSync } from "node:fs";
import { openJournal } from "@imagewright/durability";
import { runWorkflow } from "../run/run-workflow.js";
import { testActions } from "./test-actions.js";
import { checkedWorkflow } from "./workflow-text.js";

/**
 * Runs a workflow over a journal, notes each effect in a file, and kills itself at a point: each effect and each change of the execution is
 * one, counted from 1. It prints the execution if it ends: `PROGRAM JOURNAL NOTES POINT DOCUMENT`.
 */
const [journalFile = "", notes = "", killAt = "", text = ""] = process.argv.slice(2);
let point = 0;
const reach = () => {
  point += 1;
  if (point === Number(killAt)) process.kill(process.pid, "SIGKILL");
};
const note = (line: string, token?: string) => {
  appendFileSync(notes, `${line} ${token ?? ""}\n`);
  reach();
};
const journal = await openJournal(journalFile);
const actions = testActions(note);
const execution = await runWorkflow({ workflow: checkedWorkflow(text), actions, durability: journal.durability(), report: reach });
await journal.close();
process.stdout.write(JSON.stringify(execution));
