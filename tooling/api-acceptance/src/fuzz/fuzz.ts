import {
  errorNames,
  operationNames,
  operationOf,
  serviceErrorOf,
  type ErrorName,
  type OperationName,
} from "@imagewright/imagebuilder-model";
import { KINDS } from "../support/kinds.js";
import { sendSigned, type Answer } from "../support/signed-request.js";
import { uniqueName } from "../support/unique-name.js";
import { SeededRandom } from "./random.js";
import { requestOf, type FuzzRequest } from "./request-of.js";
import { spoil } from "./spoil.js";
import { validValue } from "./valid-value.js";

// what any operation may answer besides the errors that it declares; docs/api.md says why
const ANYWHERE: readonly string[] = [
  ...["InvalidParameterValueException", "InvalidRequestException", "ForbiddenException", "ResourceNotFoundException"],
  ...["SerializationException", "UnknownOperationException", "RequestHeaderSectionTooLargeException", "RequestEntityTooLargeException"],
];
const SIDE_BY_SIDE = 8;

export interface FuzzOutcome {
  /** The number of answers by status. */
  readonly statuses: Readonly<Record<number, number>>;
  /** What should not have been answered: the request and the answer. */
  readonly faults: readonly string[];
  /** The ARNs that successful requests have created. */
  readonly created: readonly string[];
  /** The start of every name that was sent. */
  readonly prefix: string;
}

/** Sends generated requests for all operations, half of them spoiled, and judges the answers. */
export async function fuzz({ requests, seed }: { readonly requests: number; readonly seed: number }): Promise<FuzzOutcome> {
  const prefix = uniqueName("fuzz");
  const arns: string[] = [];
  for (const { make } of KINDS) arns.push(await make());
  const random = new SeededRandom(seed);
  const statuses: Record<number, number> = {};
  const faults: string[] = [];
  const created: string[] = [];
  let left = requests;
  const sendSome = async () => {
    while ((left -= 1) >= 0) {
      const request = generate(random, { prefix, arns });
      const answer = await sendSigned(request.method, request.path, request.body);
      statuses[answer.status] = (statuses[answer.status] ?? 0) + 1;
      const fault = faultOf(request.operation, answer);
      if (fault !== undefined)
        faults.push(`${fault}: ${describe(request)} -> ${String(answer.status)} ${answer.error} ${answer.text.slice(0, 200)}`);
      if (answer.status === 200 && !/^(Get|List|Delete)/.test(request.operation)) created.push(...arnsIn(answer));
    }
  };
  await Promise.all(Array.from({ length: SIDE_BY_SIDE }, sendSome));
  return { statuses, faults, created: [...new Set(created)], prefix };
}

function generate(random: SeededRandom, { prefix, arns }: { readonly prefix: string; readonly arns: readonly string[] }): FuzzRequest {
  const operation = random.of(operationNames());
  const { input: shape } = operationOf(operation);
  const input = validValue(shape, { random, prefix, arns }) as Record<string, unknown>;
  for (let spoiled = 0; spoiled < 3 && random.chance(0.5); spoiled += 1) spoil(input, shape, random, prefix);
  return requestOf(operation, input);
}

function faultOf(operation: OperationName, { status, error, body }: Answer): string | undefined {
  if (status === 200) return undefined;
  const { errors } = operationOf(operation);
  const known = (errorNames() as readonly string[]).includes(error) ? serviceErrorOf(error as ErrorName).status : status;
  if (status >= 500) return "the server failed";
  if (!(errors as readonly string[]).includes(error) && !ANYWHERE.includes(error)) return "an error that the operation does not have";
  if (known !== status) return `not the status of the error, which is ${String(known)}`;
  return typeof body["message"] === "string" && body["message"] !== "" ? undefined : "no message";
}

function describe({ method, path, body }: FuzzRequest): string {
  return `${method} ${path.slice(0, 300)} ${(JSON.stringify(body) ?? "").slice(0, 1500)}`;
}

function arnsIn({ body }: Answer): string[] {
  return Object.values(body).filter((value): value is string => typeof value === "string" && value.startsWith("arn:"));
}
