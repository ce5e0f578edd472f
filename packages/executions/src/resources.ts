import type { ClaimedImage, ControlPlane } from "@imagewright/control-plane";
import { describeCause, SourceFile } from "@imagewright/diagnostics";
import { readArn, type ApiCaller } from "@imagewright/imagebuilder-model";
import { executionError } from "./errors.js";

/** What a recipe names by ARN, as the owner of an image sees it. */
export class NamedResources {
  readonly #caller: ApiCaller;
  /** Documents that have been loaded, by the ARNs of their builds. */
  readonly #documents = new Map<string, string>();

  constructor(
    private readonly plane: Pick<ControlPlane, "call">,
    { account, region, arn }: Pick<ClaimedImage, "account" | "region" | "arn">,
  ) {
    const [, partition = "aws"] = arn.split(":");
    this.#caller = { account, region, principal: `arn:${partition}:iam::${account}:root` };
  }

  /** Finds the build of a component that an ARN with or without wildcards names now. Errors: resource-not-usable. */
  async component(arn: string): Promise<{ readonly arn: string; readonly version: string }> {
    const { component } = await this.#get(arn, () => this.plane.call("GetComponent", { componentBuildVersionArn: arn }, this.#caller));
    this.#documents.set(component?.arn ?? arn, component?.data ?? "");
    return { arn: component?.arn ?? arn, version: component?.version ?? "1.0.0" };
  }

  /** The same for a workflow. */
  async workflow(arn: string): Promise<string> {
    const { workflow } = await this.#get(arn, () => this.plane.call("GetWorkflow", { workflowBuildVersionArn: arn }, this.#caller));
    this.#documents.set(workflow?.arn ?? arn, workflow?.data ?? "");
    return workflow?.arn ?? arn;
  }

  /** The document of a build that was found before. */
  readonly load = async (arn: string): Promise<SourceFile> => {
    const text = this.#documents.get(arn);
    if (text === undefined) throw executionError("resource-not-usable", { arn, cause: "it was not found before" });
    return Promise.resolve(new SourceFile(arn, text));
  };

  /** The build of an image that an ARN names now, and what it has been distributed as. */
  async image(arn: string): Promise<{ readonly arn: string; readonly containers: readonly string[] }> {
    const { image } = await this.#get(arn, () => this.plane.call("GetImage", { imageBuildVersionArn: arn }, this.#caller));
    const containers = image?.outputResources?.containers?.flatMap(({ imageUris = [] }) => imageUris) ?? [];
    return { arn: image?.arn ?? arn, containers };
  }

  async #get<Answer>(arn: string, call: () => Promise<Answer>): Promise<Answer> {
    try {
      return await call();
    } catch (thrown) {
      throw executionError("resource-not-usable", { arn, cause: describeCause(thrown) }, { cause: thrown });
    }
  }
}

/** Whether a text is the ARN of a resource of the service. */
export function isResourceArn(text: string): boolean {
  return readArn(text).value !== undefined;
}
