import type { AccessExplanation } from "@imagewright/control-plane";
import { joinSafe, safe } from "@imagewright/diagnostics";
import { BaseCommand } from "../../cli/base-command.js";
import { planeFlags, readConfigurationToWrite } from "../../cli/configuration.js";
import { Args, Flags } from "../../cli/oclif.js";
import { readPairs } from "../../cli/pairs.js";
import { withPlane } from "../../serve/with-plane.js";

export default class AuthExplain extends BaseCommand {
  static override summary = "Say whether a key may do an operation on a resource, and which statement decides.";
  static override description =
    "The policies of the key's user and that of the resource are taken as they are stored. The exit code is 1 if it is not allowed. The request is one of this computer without TLS, now; --condition gives it other condition keys.";
  static override examples = [
    "<%= config.bin %> auth explain AKIAIOSFODNN7EXAMPLE GetImage arn:aws:imagebuilder:us-east-1:000000000000:image/web/1.0.0/1",
    "<%= config.bin %> auth explain AKIAIOSFODNN7EXAMPLE ListImages --condition aws:SourceIp=192.0.2.7",
  ];
  static override args = {
    key: Args.string({ description: "the id of the key", required: true }),
    operation: Args.string({ description: "an operation, such as GetImage, or an action, such as iam:PassRole", required: true }),
    resource: Args.string({ description: "the ARN of the resource; * where an operation is about none, such as a list", default: "*" }),
  };
  static override flags = {
    condition: Flags.string({
      summary: "a condition key of the request, such as aws:SourceIp or aws:RequestTag/team; may be given several times",
      helpValue: "NAME=VALUE",
      multiple: true,
      multipleNonGreedy: true,
    }),
    ...planeFlags,
  };

  async run(): Promise<AccessExplanation> {
    const { args, flags } = await this.parse(AuthExplain);
    const conditionKeys = Object.fromEntries(readPairs("--condition", flags.condition ?? []));
    const configuration = await readConfigurationToWrite(flags, (found) => this.report(found));
    const { key, operation: action, resource } = args;
    const explanation = await withPlane(configuration, (plane) => plane.explainAccess({ key, action, resource, conditionKeys }));
    this.print(
      joinSafe(
        explanation.lines.map((line) => safe`${line}`),
        "\n",
      ),
    );
    if (!explanation.allowed) process.exitCode = 1;
    return explanation;
  }
}
