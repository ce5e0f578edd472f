import { quote } from "@imagewright/diagnostics";
import { ApiError, shapeOf, type Operation } from "@imagewright/imagebuilder-model";
import { ProtocolError } from "../protocol-error.js";
import { headerOf, type ReceivedRequest } from "../signature/received-request.js";
import { parseBody } from "./parse-body.js";

/** The input of an operation: members of the path, of the query and of the body, as restJson1 binds them. */
export function bindInput(
  operation: Operation,
  request: ReceivedRequest,
  labels: Readonly<Record<string, string>>,
): Readonly<Record<string, unknown>> {
  const bound = { ...operation.labels, ...operation.query };
  const inBody = membersOf(operation).some((member) => !Object.hasOwn(bound, member));
  // as restJson1 has it, the body of an operation without members there is not looked at
  const body = inBody ? parseBody(request.body, contentTypeOf(request)) : {};
  const twice = Object.keys(bound).find((member) => Object.hasOwn(body, member));
  if (twice !== undefined)
    throw new ProtocolError("SerializationException", `${quote(twice)} is in the body; it belongs into the path or the query`);
  return { ...body, ...labelMembers(operation, labels), ...queryMembers(operation, request) };
}

function membersOf({ input }: Operation): readonly string[] {
  const shape = shapeOf(input);
  return shape.type === "structure" ? Object.keys(shape.members) : [];
}

function contentTypeOf(request: ReceivedRequest): string | undefined {
  const encoding = headerOf(request, "content-encoding");
  if (encoding !== undefined && encoding !== "identity")
    throw new ProtocolError("UnsupportedMediaTypeException", `the content encoding is ${quote(encoding)}; allowed: none`);
  return headerOf(request, "content-type");
}

function labelMembers({ labels = {} }: Operation, values: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(labels).map(([member, label]) => [member, values[label] ?? ""]));
}

/** A list has a parameter for each item; members that are no lists have one at most. */
function queryMembers({ input, query = {} }: Operation, request: ReceivedRequest): Record<string, unknown> {
  const shape = shapeOf(input);
  const members: Record<string, unknown> = {};
  for (const [member, parameter] of Object.entries(query)) {
    const values = request.query.filter(([name]) => name === parameter).map(([, value]) => value);
    const memberShape = shape.type === "structure" ? shape.members[member] : undefined;
    const isList = memberShape !== undefined && shapeOf(memberShape).type === "list";
    if (!isList && values.length > 1)
      throw new ApiError("InvalidParameterValueException", `The value supplied for parameter '${member}' is not valid. It is given twice.`);
    if (values.length > 0) members[member] = isList ? values : values[0];
  }
  return members;
}
