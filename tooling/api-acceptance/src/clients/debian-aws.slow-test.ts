import { awsOfDebian, NO_AWS_OF_DEBIAN } from "@imagewright/test-kit";
import { describeAws } from "./describe-aws.js";

describeAws("Debian's aws", { command: awsOfDebian(), missing: NO_AWS_OF_DEBIAN });
