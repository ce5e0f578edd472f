import type { ErrorObject } from "ajv";

/**
 * The faults without those of alternatives (`anyOf`) that are not meant: where a value has the type of one, its faults remain, and where it
 * has the type of none, one fault that names the types of all.
 */
export function ofMeantAlternatives(errors: readonly ErrorObject[]): ErrorObject[] {
  return errors.filter(({ keyword }) => keyword === "anyOf").reduce<ErrorObject[]>(withoutOthers, [...errors]);
}

function withoutOthers(faults: ErrorObject[], { schemaPath, instancePath }: ErrorObject): ErrorObject[] {
  const alternativeOf = (fault: ErrorObject): string | undefined =>
    fault.schemaPath.startsWith(`${schemaPath}/`) && `${fault.instancePath}/`.startsWith(`${instancePath}/`)
      ? fault.schemaPath.slice(schemaPath.length + 1).split("/")[0]
      : undefined;
  const within = faults.filter((fault) => alternativeOf(fault) !== undefined);
  const ofType = within.filter((fault) => fault.keyword === "type" && fault.instancePath === instancePath);
  const [first] = ofType;
  if (first === undefined) return faults;
  const isOther = new Set(ofType.map(alternativeOf));
  if (within.some((fault) => !isOther.has(alternativeOf(fault)))) return faults.filter((fault) => !isOther.has(alternativeOf(fault)));
  const types = [...new Set(ofType.flatMap(({ params }) => params["type"] as string | string[]))];
  const ofAll = { ...first, params: { type: types } };
  return faults.flatMap((fault) => (fault === first ? [ofAll] : within.includes(fault) ? [] : [fault]));
}
