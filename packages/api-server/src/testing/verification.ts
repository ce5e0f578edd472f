import { authenticate } from "../identity/authenticate.js";
import { collectHeaders } from "../signature/received-request.js";
import { SigningKeys } from "../signature/signing-keys.js";
import { parseQuery } from "../http/parse-query.js";
import { signRequest } from "./sign-request.js";
import { KEY } from "./test-server.js";

/** A function that verifies one signed request each time, as the server does before it calls an operation; with a body of some bytes. */
export async function verificationOf(bodyBytes: number, presignedFor?: number): Promise<() => Promise<unknown>> {
  const at = new Date();
  const body = `{"data":"${"x".repeat(Math.max(0, bodyBytes - 11))}"}`;
  const headers = {
    "content-type": "application/json",
    "user-agent": "aws-sdk-js/3 ua/2.1 os/linux lang/js",
    "amz-sdk-request": "attempt=1",
  };
  const signed = await signRequest(
    { method: "PUT", path: "/CreateComponent", headers, body, host: "127.0.0.1:8080" },
    { at, ...(presignedFor === undefined ? {} : { presignedFor }) },
  );
  const raw = Object.entries(signed.headers).flat();
  const [path = "", query = ""] = signed.path.split("?");
  const buffer = Buffer.from(body);
  const key = { secretAccessKey: KEY.secretAccessKey, account: "123456789012", principal: "arn:aws:iam::123456789012:user/ada" };
  const signingKeys = new SigningKeys();
  return () =>
    authenticate(
      { method: "PUT", path, query: parseQuery(query), headers: collectHeaders(raw), body: buffer },
      { service: "imagebuilder", regions: ["eu-west-1"] },
      { findAccessKey: async () => key, publicAddress: undefined, signingKeys, now: at.getTime() },
    );
}
