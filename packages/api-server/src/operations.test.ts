import { ImagebuilderClient } from "@aws-sdk/client-imagebuilder";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { operationNames, operationOf, type ApiCaller, type OperationName } from "@imagewright/imagebuilder-model";
import { arbitraryShape } from "./testing/arbitrary-shape.js";
import { commandOf } from "./testing/sdk-commands.js";
import { ACCOUNT, KEY, PRINCIPAL, startTestServer, type TestServer } from "./testing/test-server.js";

let server: TestServer;
let client: ImagebuilderClient;
let output: object = {};
let called: { operation: OperationName; input: unknown; caller: ApiCaller } | undefined;

beforeAll(async () => {
  server = await startTestServer({
    handle: async (operation, input, caller) => {
      called = { operation, input, caller };
      return output;
    },
  });
  client = new ImagebuilderClient({ endpoint: server.url, region: "eu-west-1", credentials: KEY });
});
afterAll(async () => {
  client.destroy();
  await server.server.close();
});

describe("every operation, called by the SDK", () => {
  test.each(operationNames())("%s: its input arrives, its output comes back", async (operation) => {
    const { input: inputShape, output: outputShape, status } = operationOf(operation);
    const [inputs, outputs] = [arbitraryShape(inputShape), arbitraryShape(outputShape)];
    await fc.assert(
      fc.asyncProperty(inputs as fc.Arbitrary<object>, outputs as fc.Arbitrary<object>, async (input, answered) => {
        output = answered;
        const { $metadata, ...received } = (await client.send(commandOf(operation, input))) as unknown as Record<string, unknown>;
        expect($metadata).toMatchObject({ httpStatusCode: status, attempts: 1, requestId: expect.any(String) });
        expect(received).toEqual(
          "requestId" in received ? { requestId: ($metadata as { requestId: string }).requestId, ...answered } : answered,
        );
        const connection = { sourceIp: "127.0.0.1", isSecure: false, userAgent: expect.stringContaining("aws-sdk-js/") };
        const caller = { account: ACCOUNT, region: "eu-west-1", principal: PRINCIPAL, connection };
        expect(called).toEqual({ operation, input: onTheWire(input), caller });
      }),
      { numRuns: 5 },
    );
  });
});

/** What a handler is given: timestamps are seconds; a list in the query that is empty is not there. */
function onTheWire(input: object): unknown {
  const members = Object.entries(input).filter(([member, value]) => member !== "tagKeys" || (value as unknown[]).length > 0);
  const wire = (value: unknown): unknown => {
    if (value instanceof Date) return value.getTime() / 1000;
    if (Array.isArray(value)) return value.map(wire);
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, wire(item)]));
  };
  return wire(Object.fromEntries(members));
}
