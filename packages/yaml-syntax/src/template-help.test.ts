import { expect, test } from "@jest/globals";
import { templateHelp } from "./template-help.js";

const HELP = "this looks like a template: fill it first, and use the result (of Terraform: terraform show -json)";

test.each([
  ["${name}", "name", HELP],
  ["Install${ replace(version) }", "name", HELP],
  ["My Name", "name", undefined],
  ["%{ if description != null ~}", "line", HELP],
  ["value: [% bucket %]", "line", HELP],
  ["{% for user in users %}", "line", HELP],
  ["echo ${HOME}", "line", undefined],
  ["curl -w '%{http_code}' $1", "line", undefined],
] as const)("%s as a %s: %s", (text, where, help) => expect(templateHelp(text, where).help).toBe(help));
