import { quote } from "@imagewright/diagnostics";
import type { Path } from "@imagewright/yaml-syntax";
import type { Distribution } from "../settings/settings-schema.js";
import type { Report } from "./report.js";

const MOST_IN_CONSOLE = 5;

/** The service's console supports five launch templates per Region. Source: guide chapter 30, "Launch template configuration". */
export function checkLaunchTemplates(
  { region, launchTemplateConfigurations: templates = [] }: Distribution,
  path: Path,
  report: Report,
): void {
  const place = [...path, "launchTemplateConfigurations"];
  if (templates.length > MOST_IN_CONSOLE) {
    report.warning(
      "many-templates",
      place,
      `${quote(region)} has ${templates.length} launch templates; the API takes 100, the console of the service at most ${MOST_IN_CONSOLE} a Region`,
    );
  }
}
