/** The values of a template's variables, known when a build has finished. */
export interface TemplateFacts {
  /** The time of the build, `2022-07-28T01-14-17.416Z`: AMI names allow no colon. */
  readonly buildDate: string;
  /** The number at the end of the version: 3 of `1.0.0/3`. */
  readonly buildVersion: string;
}

/** A `{{ … }}` of a template: its content and place. */
export interface Variable {
  readonly name: string;
  readonly start: number;
  readonly end: number;
}

export const BUILD_DATE = "imagebuilder:buildDate";
export const BUILD_VERSION = "imagebuilder:buildVersion";
export const VARIABLES = [BUILD_DATE, BUILD_VERSION] as const;

const VARIABLE = /\{\{([^{}]*)\}\}/g;

/** The facts of a build by its date (ISO 8601, UTC) and version. */
export function templateFacts({ date, version }: { readonly date: string; readonly version: string }): TemplateFacts {
  return { buildDate: new Date(date).toISOString().replaceAll(":", "-"), buildVersion: version.slice(version.lastIndexOf("/") + 1) };
}

export function variablesOf(template: string): Variable[] {
  return [...template.matchAll(VARIABLE)].map(({ 0: whole, 1: name = "", index }) => ({
    name: name.trim(),
    start: index,
    end: index + whole.length,
  }));
}

/** Replaces the variables by their values. Other text stays unchanged. Source: guide chapter 34. */
export function expandTemplate(template: string, { buildDate, buildVersion }: TemplateFacts): string {
  if (!template.includes("{{")) return template;
  return template.replace(VARIABLE, (whole, name: string) => {
    if (name.trim() === BUILD_DATE) return buildDate;
    return name.trim() === BUILD_VERSION ? buildVersion : whole;
  });
}

/**
 * The name of an AMI: the template with its variables replaced. The build date is appended if the template has none;
 * without a template, the name is that of the recipe and the date. Source: guide chapter 30, "Output AMI name".
 */
export function expandAmiName(template: string | undefined, recipeName: string, facts: TemplateFacts): string {
  const name = template ?? recipeName;
  const dated = template !== undefined && variablesOf(template).some(({ name }) => name === BUILD_DATE);
  return expandTemplate(dated ? name : `${name} {{ ${BUILD_DATE} }}`, facts);
}
