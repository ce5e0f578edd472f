import { signedRegion, startLoopbackServer, type Answer, type LoopbackServer, type Request } from "@imagewright/test-kit/loopback-server";

export interface StoredParameter {
  readonly type: "String" | "StringList" | "SecureString";
  /** The values of version 1, 2 and so on. */
  readonly versions: readonly string[];
  readonly labels?: Readonly<Record<string, number>>;
}

class Refusal extends Error {
  constructor(
    readonly type: string,
    message: string,
  ) {
    super(message);
  }
}

const ARN = /^arn:aws:ssm:[a-z0-9-]+:111122223333:parameter(\/.+)$/;
const SECRETS = "/aws/reference/secretsmanager/";

/**
 * A Parameter Store with its rules for names, versions and batches, one for all regions. SecureString is only text where decryption is
 * asked for.
 */
export class ParameterService {
  readonly parameters = new Map<string, StoredParameter>();
  /** `Operation name,name` of every request, in order, and the region each was signed for. */
  readonly requests: string[] = [];
  readonly regions: string[] = [];
  /** Operations that the caller's policy does not allow. */
  readonly denied = new Set<string>();
  /** Names that no operation may read. */
  readonly deniedNames = new Set<string>();
  /** How many requests are throttled before one is answered. */
  throttled = 0;

  async start(): Promise<LoopbackServer> {
    return startLoopbackServer((request) => {
      try {
        return json(200, this.#answer(request));
      } catch (thrown) {
        if (!(thrown instanceof Refusal)) throw thrown;
        return json(400, { __type: thrown.type, message: thrown.message });
      }
    });
  }

  #answer(request: Request): object {
    const { method, url, headers, body } = request;
    const operation = /^AmazonSSM\.(\w+)$/.exec(String(headers["x-amz-target"]))?.[1] ?? "";
    const region = signedRegion(request, "ssm");
    const isOfProtocol = method === "POST" && url.pathname === "/" && headers["content-type"] === "application/x-amz-json-1.1";
    if (!isOfProtocol) throw new Refusal("UnknownOperationException", "not a request of this service");
    if (region === undefined) throw new Refusal("MissingAuthenticationTokenException", "Missing Authentication Token");
    const input = JSON.parse(body) as { Name?: string; Names?: string[]; WithDecryption?: boolean };
    const names = input.Names ?? [input.Name ?? ""];
    this.requests.push(`${operation} ${names.join()}`);
    this.regions.push(region);
    if (this.throttled > 0 && this.throttled-- > 0) throw new Refusal("ThrottlingException", "Rate exceeded");
    this.#check(operation, names);
    const found = names.map((name) => this.#find(name, region, input.WithDecryption === true));
    if (operation === "GetParameters")
      return {
        Parameters: found.filter((each) => typeof each === "object"),
        InvalidParameters: names.filter((_, index) => typeof found[index] !== "object"),
      };
    const [first = "ParameterNotFound"] = found;
    if (typeof first === "string") throw new Refusal(first, "");
    return { Parameter: first };
  }

  #check(operation: string, names: readonly string[]): void {
    if (operation !== "GetParameter" && operation !== "GetParameters") throw new Refusal("UnknownOperationException", operation);
    if (this.denied.has(operation) || names.some((name) => this.deniedNames.has(name))) {
      throw new Refusal("AccessDeniedException", `User: test is not authorized to perform: ssm:${operation}`);
    }
    if (names.length > 10) throw new Refusal("ValidationException", `${names.length} names`);
    if (new Set(names).size < names.length) throw new Refusal("ValidationException", "duplicate names");
    for (const name of names)
      if (!/^[\w./:@-]+$/.test(name))
        throw new Refusal("ValidationException", "Parameter name: can't contain spaces or special characters.");
  }

  // the name of the error if there is none
  #find(asked: string, region: string, decrypted: boolean): object | string {
    const path = ARN.exec(asked)?.[1] ?? asked;
    const [, name = "", selector] = /^([^:]*)(?::(.*))?$/.exec(path) ?? [];
    const parameter = this.parameters.get(name);
    if (parameter === undefined) return "ParameterNotFound";
    const version = selector === undefined ? parameter.versions.length : (parameter.labels?.[selector] ?? Number(selector));
    const value = parameter.versions[version - 1];
    if (value === undefined) return "ParameterVersionNotFound";
    if (name.startsWith(SECRETS) && !decrypted)
      throw new Refusal("ValidationException", "WithDecryption flag must be True for retrieving a Secret Manager secret.");
    const Value = parameter.type === "SecureString" && !decrypted ? Buffer.from(value).toString("base64") : value;
    const arn = `arn:aws:ssm:${region}:111122223333:parameter${name.startsWith("/") ? "" : "/"}${name}`;
    return {
      Name: name,
      Type: parameter.type,
      Value,
      Version: version,
      ARN: arn,
      DataType: "text",
      ...(selector === undefined ? {} : { Selector: `:${selector}` }),
    };
  }
}

function json(status: number, body: object): Answer {
  return { status, headers: { "content-type": "application/x-amz-json-1.1" }, body: JSON.stringify(body) };
}
