import { quoteInFull } from "@imagewright/diagnostics";
import type { GetParametersResult, Parameter, SSMClient } from "@aws-sdk/client-ssm";
import { describeAwsFailure } from "../clients/aws-failure.js";
import { awsError } from "../errors.js";
import { serviceFailure } from "../clients/service-failure.js";
import { isSecretReference } from "./parameter-name.js";
import type { ParameterType, AwsParameterValue } from "./parameter-source.js";

// the limit of GetParameters
const LARGEST_BATCH = 10;

/** Fetches parameters of one region, under the names as given. Rejects with an ImagewrightError for the first without a value. */
export async function fetchParameters(client: SSMClient, names: readonly string[]): Promise<Map<string, AwsParameterValue>> {
  const values = new Map<string, AwsParameterValue>();
  for (let start = 0; start < names.length; start += LARGEST_BATCH) {
    const batch = names.slice(start, start + LARGEST_BATCH);
    const found = batch.length === 1 ? undefined : await fetchBatch(client, batch);
    for (const name of batch) values.set(name, valueOf(name, found?.get(name) ?? (await fetchOne(client, name))));
  }
  return values;
}

/**
 * The parameters found by one request for all names; undefined if it is rejected. A role often has ssm:GetParameter and not
 * ssm:GetParameters, and one wrong name makes the whole request fail: single requests then show which name is wrong, and why.
 */
async function fetchBatch(client: SSMClient, names: string[]): Promise<Map<string, Parameter> | undefined> {
  const { GetParametersCommand } = await import("@aws-sdk/client-ssm");
  try {
    return byRequestedName(names, await client.send(new GetParametersCommand({ Names: names, WithDecryption: true })));
  } catch (thrown) {
    const failure = serviceFailure(thrown, { doing: `reading parameters ${names.map(quoteInFull).join(", ")}` });
    if (failure.code === "aws/access-denied" || failure.code === "aws/request-failed") return undefined;
    throw failure;
  }
}

async function fetchOne(client: SSMClient, name: string): Promise<Parameter | undefined> {
  const { GetParameterCommand } = await import("@aws-sdk/client-ssm");
  const operation = { doing: `reading parameter ${quoteInFull(name)}` };
  try {
    return (await client.send(new GetParameterCommand({ Name: name, WithDecryption: true }))).Parameter;
  } catch (thrown) {
    const code = ABSENT[describeAwsFailure(thrown).name];
    if (code !== undefined) throw awsError(code, { ...operation, reason: "" }, { cause: thrown });
    throw serviceFailure(thrown, operation);
  }
}

const ABSENT: Readonly<Record<string, "no-such-parameter" | "no-such-parameter-version">> = {
  ParameterNotFound: "no-such-parameter",
  ParameterVersionNotFound: "no-such-parameter-version",
};

// a response does not repeat the requested name: version and label are in a field of their own, and an ARN may come back as name or ARN
function byRequestedName(requested: readonly string[], { Parameters = [] }: GetParametersResult): Map<string, Parameter> {
  const found = new Map<string, Parameter>();
  for (const parameter of Parameters) {
    const { Name = "", ARN = "", Selector = "" } = parameter;
    for (const name of [Name, ARN, `${Name}${Selector}`, `${ARN}${Selector}`]) {
      // a name with a version has another value than the name alone
      const isExact = Selector === "" || name.endsWith(Selector);
      if (isExact && requested.includes(name)) found.set(name, parameter);
    }
  }
  return found;
}

function valueOf(name: string, parameter: Parameter | undefined): AwsParameterValue {
  if (parameter?.Value === undefined) throw awsError("parameter-without-value", { name });
  const type: ParameterType = parameter.Type ?? "SecureString";
  return { value: parameter.Value, secure: type === "SecureString" || isSecretReference(name), type };
}
