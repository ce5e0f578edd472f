import fc from "fast-check";
import { schemaOf, operationOf, serviceErrorOf, isErrorName, ApiError, type OperationName } from "@imagewright/imagebuilder-model";
import { HOSTILE_REQUEST } from "./hostile-request.js";
import { sendRaw } from "./raw-request.js";
import { signRequest } from "./sign-request.js";
import { startTestServer } from "./test-server.js";

// besides the errors of the model: those that are answered before an operation sees a request
const BEFORE_OPERATIONS: Readonly<Record<string, number>> = {
  RequestEntityTooLargeException: 413,
  RequestHeaderSectionTooLargeException: 431,
  SerializationException: 400,
  UnknownOperationException: 404,
  UnsupportedMediaTypeException: 415,
};

/**
 * Sends generated requests to a server, and counts the answers by status and name. Throws for one that is a 5xx, that has an error which
 * is not declared, or that has none of the forms of an answer.
 */
export async function fuzz(count: number, checks: (schema: unknown, input: unknown) => boolean): Promise<Readonly<Record<string, number>>> {
  const seen: Record<string, number> = {};
  const { server, url } = await startTestServer({
    // as the control plane does: the shape of the input is checked by the model
    handle: async (operation, input) => {
      if (!checks(schemaOf(operationOf(operation).input), input)) throw new ApiError("InvalidParameterValueException", "it does not fit");
      return {};
    },
  });
  try {
    const { host } = new URL(url);
    await fc.assert(
      fc.asyncProperty(HOSTILE_REQUEST, async ({ operation, request }) => {
        const response = await sendRaw(url, await signRequest({ ...request, host }));
        const name = String(response.headers["x-amzn-errortype"] ?? "success");
        seen[`${response.status} ${name}`] = (seen[`${response.status} ${name}`] ?? 0) + 1;
        const fault = faultOf(operation, response.status, name, response.body);
        if (fault !== undefined) throw new Error(`${operation}: ${fault}`);
      }),
      { numRuns: count, endOnFailure: true },
    );
  } finally {
    await server.close();
  }
  return seen;
}

function faultOf(operation: OperationName, status: number, name: string, body: string): string | undefined {
  if (name === "success") return status === operationOf(operation).status ? undefined : `the status is ${status}`;
  const expected = isErrorName(name) ? serviceErrorOf(name).status : BEFORE_OPERATIONS[name];
  if (expected !== status || status >= 500) return `${name} has the status ${status}`;
  const { message } = JSON.parse(body) as { message?: unknown };
  return typeof message === "string" ? undefined : `${name} has no message`;
}
