export { runAction, type ActionRun } from "./action-run.js";
export { asNobody, isRoot, NOBODY } from "./as-nobody.js";
export { awsCommandOf, awsOfDebian, NO_AWS_OF_DEBIAN, operationsOfAws, runAws, type AwsRun, type AwsServer } from "./aws-command.js";
export { issuedCertificate, selfSignedCertificate, type Certificate } from "./certificate.js";
export { expectLinear } from "./growth.js";
export { NO_PYTHON_CLIENTS, pythonClients } from "./python-clients.js";
export { withTemporaryFolder } from "./temporary-folder.js";
export { readTree, treeDifference, type Tree } from "./tree.js";
export { testUserProblem, withTestUser, type TestUser } from "./test-user.js";
