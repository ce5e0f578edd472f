import { kmsDataKeys } from "@imagewright/aws";
import type { LoopbackServer } from "@imagewright/test-kit/loopback-server";
import { KeyService } from "@imagewright/test-kit/key-service";
import { afterAll, beforeAll } from "@jest/globals";
import type { ControlPlane, ControlPlaneOptions } from "../index.js";
import { REGION, type Scene } from "./scene.js";

/** A stand-in for KMS that speaks its protocol, and control planes that reach it as servers do. */
export class KeyScene {
  readonly service = new KeyService();
  #server: LoopbackServer | undefined;

  constructor(private readonly scene: Scene) {
    beforeAll(async () => {
      this.#server = await this.service.start();
    });
    afterAll(() => this.#server?.close());
  }

  /** A new key; returns its ARN. */
  key(id: string): string {
    return this.service.addKey(REGION, id);
  }

  alias(name: string, key: string): string {
    const arn = `${key.slice(0, key.indexOf(":key/"))}:alias/${name}`;
    this.service.aliases.set(arn, key);
    return arn;
  }

  /** A control plane, as of a server that was just started. */
  open(setting: "use" | "keep" = "use", options: Pick<ControlPlaneOptions, "encryptionKey"> = {}): Promise<ControlPlane> {
    const keys = { accessKeyId: "S3RVER", secretAccessKey: "S3RVER" };
    const service = kmsDataKeys({ endpoint: this.#server?.url, credentials: keys });
    return this.scene.open({ ...options, resourceKeys: { setting, service } });
  }
}
