import { existsSync } from "node:fs";
import { describeAws } from "./describe-aws.js";

// by its path: another `aws` may come first on PATH
const AWS = "/usr/bin/aws";

describeAws("Debian's aws", { command: existsSync(AWS) ? AWS : undefined, missing: "the package awscli is not installed" });
