import amazonCloudwatchAgentLinux from "./components/amazon-cloudwatch-agent-linux.yaml";
import awsCliVersion2Linux from "./components/aws-cli-version-2-linux.yaml";
import helloWorldLinux from "./components/hello-world-linux.yaml";
import helloWorldWindows from "./components/hello-world-windows.yaml";
import python3Linux from "./components/python-3-linux.yaml";
import rebootLinux from "./components/reboot-linux.yaml";
import rebootWindows from "./components/reboot-windows.yaml";
import simpleBootTestLinux from "./components/simple-boot-test-linux.yaml";
import updateLinux from "./components/update-linux.yaml";
import updateWindows from "./components/update-windows.yaml";
import type { CatalogueComponent } from "./catalogue.js";

const linux = (name: string, description: string, text: string): CatalogueComponent => ({
  ...{ name, semanticVersion: "1.0.0", platform: "Linux", description, text },
});
const windows = (name: string, description: string, text: string): CatalogueComponent => ({
  ...{ name, semanticVersion: "1.0.0", platform: "Windows", description, text },
});

/** The components under names of the service's own; the documents are ours. Source of the names: guide chapters 03, 06, 07 and 49. */
export const COMPONENTS: readonly CatalogueComponent[] = [
  {
    ...linux("amazon-cloudwatch-agent-linux", "Installs the agent of Amazon CloudWatch.", amazonCloudwatchAgentLinux),
    // the version in the example of chapter 49, so that recipes which name it find it
    semanticVersion: "1.0.1",
  },
  linux("aws-cli-version-2-linux", "Installs version 2 of the AWS command line.", awsCliVersion2Linux),
  linux("hello-world-linux", "Prints a greeting in each phase.", helloWorldLinux),
  windows("hello-world-windows", "Prints a greeting in each phase.", helloWorldWindows),
  linux("python-3-linux", "Installs Python 3 from the packages of the system.", python3Linux),
  linux("reboot-linux", "Restarts the machine.", rebootLinux),
  windows("reboot-windows", "Restarts the machine.", rebootWindows),
  linux("simple-boot-test-linux", "Tests that a machine from the image has started and can be used.", simpleBootTestLinux),
  linux("update-linux", "Installs the updates that the package sources of the system have.", updateLinux),
  windows("update-windows", "Installs the updates that Windows Update has.", updateWindows),
];
