import { signedRegion, startLoopbackServer, type Answer, type LoopbackServer, type Request } from "@imagewright/test-kit/loopback-server";

export interface ComponentService extends LoopbackServer {
  /** The region that each request was signed for, in order. */
  readonly regions: readonly string[];
}

/** Answers GetComponent and GetWorkflow as the service does, from a table of ARN to resource; all else is an error of the service. */
export async function startComponentService(resources: Readonly<Record<string, object>>): Promise<ComponentService> {
  const regions: string[] = [];
  const server = await startLoopbackServer((request) => {
    const region = signedRegion(request, "imagebuilder");
    if (region === undefined) return failure(403, "MissingAuthenticationTokenException", "Missing Authentication Token");
    regions.push(region);
    return getResource(request, resources);
  });
  return { ...server, regions };
}

const MEMBERS: Readonly<Record<string, string>> = { "/GetComponent": "component", "/GetWorkflow": "workflow" };

function getResource({ method, url }: Request, resources: Readonly<Record<string, object>>): Answer {
  const member = MEMBERS[url.pathname];
  const arn = url.searchParams.get(`${member ?? ""}BuildVersionArn`);
  if (method !== "GET" || member === undefined || arn === null) return failure(404, "UnknownOperationException", "no such operation");
  if (arn.includes("/forbidden/")) return failure(403, "ForbiddenException", "You are not authorized to perform the requested operation.");
  const resource = resources[arn];
  if (resource === undefined) return failure(404, "ResourceNotFoundException", `The resource ${arn} does not exist.`);
  return { status: 200, headers: { "content-type": "application/json" }, body: JSON.stringify({ requestId: "1", [member]: resource }) };
}

function failure(status: number, type: string, message: string): Answer {
  return { status, headers: { "content-type": "application/json", "x-amzn-errortype": type }, body: JSON.stringify({ message }) };
}
