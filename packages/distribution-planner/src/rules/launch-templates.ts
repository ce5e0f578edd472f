import { quote } from "@imagewright/diagnostics";
import type { Path } from "../json/json-document.js";
import type { Distribution } from "../settings/settings-shape.js";
import type { Report } from "./report.js";

const MOST_IN_CONSOLE = 5;

/** A template gets one new version; the console knows five templates a Region. Source: guide chapter 30, "Launch template configuration". */
export function checkLaunchTemplates({ region, launchTemplateConfigurations: templates = [] }: Distribution, path: Path, report: Report): void {
  const place = [...path, "launchTemplateConfigurations"];
  const keys = templates.map(({ launchTemplateId, accountId }) => `${launchTemplateId} ${accountId ?? ""}`);
  report.twice(keys, (position) => [...place, position], (key, at, extras) => {
    const [id = "", account] = key.split(" ");
    const where = account === "" ? "the account of the build" : `account ${account}`;
    report.error("template-twice", at, `the launch template ${quote(id)} of ${where} is listed twice for "${region}"; allowed: once, as each entry makes a version`, extras);
  });
  if (templates.length > MOST_IN_CONSOLE) {
    report.warning("many-templates", place, `"${region}" has ${templates.length} launch templates; the API takes 100, the console of the service at most ${MOST_IN_CONSOLE} a Region`);
  }
}
