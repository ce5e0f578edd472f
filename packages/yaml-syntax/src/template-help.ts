/** What Terraform, Jinja, ERB and their like put into a name that they fill. */
const IN_NAME = /[$%]\{|\{%|<%|\[%/;
/** In a line of text: `${NAME}` may be a shell's there, and `%{http_code}` curl's. */
const IN_LINE = /^\s*%\{|\{%|<%|\[%/;

/** The help for a fault in a text that another program is to fill first; none if nothing looks like it. */
export function templateHelp(text: string, where: "name" | "line" = "name"): { readonly help?: string } {
  return (where === "name" ? IN_NAME : IN_LINE).test(text)
    ? { help: "this looks like a template: fill it first, and use the result (of Terraform: terraform show -json)" }
    : {};
}
