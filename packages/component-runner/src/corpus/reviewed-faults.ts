/** Faults of one document, each as its line and code. */
export type ReviewedFaults = readonly string[];

/**
 * The real documents that do not pass the check, by the reason found by reading them. A document is named by its path in the corpus, and
 * each of its faults by line and code.
 */
export const REVIEWED: Readonly<Record<string, Readonly<Record<string, ReviewedFaults>>>> = {
  "a plain scalar continues over lines that look like comments, which end it; commands is one text, and the guide asks for a list": {
    "components/EmmanuelTsouris__ec2-image-builder-components__install-vscode.yml": ["17 yaml-syntax"],
  },
  "a placeholder for the host of an address has not been filled in, as in the guide's example": {
    "components/toadslop__aws_imagebuilder_component__test__install-msi.yaml": ["31 input-not-allowed"],
    "components/toadslop__aws_imagebuilder_component__test__uninstall-msi.yaml": ["31 input-not-allowed"],
  },
  "a DWORD, which is one number, is given a list, once of texts": {
    "components/toadslop__aws_imagebuilder_component__test__set-registry.yaml": ["23 input-not-allowed", "30 input-not-allowed"],
  },
  "DeleteFile has no force; the path is a folder, which needs DeleteFolder; a placeholder for an S3 address has not been filled in": {
    "components/aws-samples__amazon-ec2-image-builder-samples__Components__Linux__inspec-recipe-execution-linux__inspec-test-linux-component.yml":
      ["53 input-not-allowed", "76 input-not-allowed", "77 unknown-key"],
  },
  "an extra quote at the end of a line": {
    "components/aws-samples__amazon-ec2-image-builder-samples__Components__Windows__chef-recipe-execution-windows__component.yml": [
      "50 yaml-syntax",
    ],
  },
  "a placeholder for an address has not been filled in": {
    "components/aws-samples__amazon-ec2-image-builder-samples__Components__Windows__inspec-recipe-execution-windows__inspec-test-windows-component.yml":
      ["21 input-not-allowed", "41 input-not-allowed"],
  },
  "the corpus has a dummy value where S3Download needs an s3:// address": {
    "rendered/aws-samples__amazon-ec2-image-builder-samples__CloudFormation__Docker__ubuntu-dotnet-web-application__ubuntu-dotnet-web-application-pipeline__L188.yml":
      ["34 input-not-allowed"],
    "rendered/aws-samples__amazon-ec2-image-builder-samples__CloudFormation__Docker__windows-dotnet-web-application__windows-dotnet-web-application-pipeline__L191.yml":
      ["19 input-not-allowed", "29 input-not-allowed"],
    "rendered/aws-samples__amazon-ec2-image-builder-samples__CloudFormation__Windows__cascading-images-with-dotnet-web-application__windows-dotnet-application-stack__L245.yml":
      ["35 input-not-allowed"],
  },
  "the steps are at the wrong depth, and there is no schemaVersion": {
    "components/aws-samples__amazon-ec2-image-builder-workshop__content__25-building-your-first-pipeline__401-under-the-hood-document.md__L22__HIST-1d9250a0c4b3.yml":
      ["4 yaml-syntax"],
  },
  "a template that Ansible has not filled in: its braces and directives are not YAML": {
    "components/aws-samples__deploy-cis-level-1-hardened-ami-with-ec2-image-builder-pipeline__AnsibleConfig__component-nginx.j2__HIST-b959cdd5ba02.yml":
      ["10 yaml-syntax"],
  },
  'a command with ": " in it and without quotes is a mapping; a mistake in the guide': {
    "components/awsdocs-web__ec2-image-builder-user-guide__toe-user-defined-variables.md__UseSSMParameterVariable.yml": ["12 wrong-type"],
  },
  "an excerpt without schemaVersion": {
    "components/awsdocs__ec2-image-builder-user-guide__doc_source__toe-use-documents.md__L103__HIST-050ec06be0a3.yml": ["1 missing-key"],
    "components/awsdocs__ec2-image-builder-user-guide__doc_source__toe-use-documents.md__L125__HIST-050ec06be0a3.yml": ["1 missing-key"],
    "components/awsdocs__ec2-image-builder-user-guide__managing-image-builder-console.md__L135__HIST-e0a5294244d8.yml": ["1 missing-key"],
    "components/awsdocs__ec2-image-builder-user-guide__managing-image-builder-console.md__L157__HIST-e0a5294244d8.yml": ["1 missing-key"],
  },
  "steps for Windows and Linux in one document; S3Download has the inputs of S3Upload": {
    "components/awslabs__aws-image-builder-document-generator__README.md__L98.yml": [
      "16 action-not-on-platform",
      "36 input-not-allowed",
      "38 unknown-key",
      "40 action-not-on-platform",
    ],
  },
  "owner, group and permissions on Windows, an error according to the guide": {
    "components/toadslop__aws_imagebuilder_component__test__create-folder.yaml": [
      "19 input-not-allowed",
      "20 input-not-allowed",
      "21 input-not-allowed",
      "23 input-not-allowed",
    ],
  },
  "two steps of a phase have the same name": {
    "components/toadslop__aws_imagebuilder_component__test__reboot.yaml": ["14 duplicate-name"],
    "components/toadslop__aws_imagebuilder_component__test__set-file-encoding.yaml": ["13 duplicate-name"],
  },
  "one name for a parameter and a constant, a delimiter of many characters copied from the guide's schema, a reference to a missing phase":
    {
      "components/toadslop__aws_imagebuilder_component__test__test.yaml": [
        "10 duplicate-name",
        "104 value-not-allowed",
        "126 unknown-reference",
      ],
    },
  "commands is a text; the guide requires a list": {
    "rendered/BrunoFerreira10__terraform-easy-appointments__4c-Image_Builder__image-builder-1__components__wait-for-ssh-agent.tpl__HIST-31d1a2f4d933.yml":
      ["6 wrong-type"],
  },
  "a workflow document, not a component document": {
    "rendered/aws-samples__amazon-ec2-image-builder-samples__CloudFormation__Linux__amazon-linux-2023-attestable-image__base-template__L690.yaml":
      ["1 missing-key", "5 wrong-type", "9 unknown-key", "38 unknown-key"],
    "rendered/aws-samples__amazon-ec2-image-builder-samples__workflows__gated-distribution__gated-distribution.yml__DistributionWorkflow.yml":
      ["1 missing-key", "6 wrong-type", "9 wrong-type", "14 unknown-key"],
    "rendered/unknown-index__36870061770__main.tf__build-container.yml": ["1 missing-key", "5 unknown-key", "37 unknown-key"],
  },
  "a tag of CloudFormation in front of a command": {
    "rendered/ministryofjustice__modernisation-platform-ami-builds__commonimages__base__components__rhel_7_9__python__HIST-98ecd6b16b37.yml":
      ["25 yaml-tag"],
  },
  "S3Download with an empty list of inputs, which the service rejects too since it hardened its schema": {
    "components/CloudSnorkel__cdk-github-runners__test__default.integ.snapshot__tree.json__2-Git-children-Component-attributes-aws-cdk-cloudformation-props-data__HIST-0c151dab0578-2.yml":
      ["1 value-empty"],
    "components/CloudSnorkel__cdk-github-runners__test__default.integ.snapshot__tree.json__2-Git-children-Component-attributes-aws-cdk-cloudformation-props-data__HIST-0c151dab0578.yml":
      ["1 value-empty"],
    "components/CloudSnorkel__cdk-github-runners__test__default.integ.snapshot__tree.json__AwsCli-children-Component-attributes-aws-cdk-cloudformation-props-data__HIST-0c151dab0578-2.yml":
      ["1 value-empty"],
    "components/CloudSnorkel__cdk-github-runners__test__default.integ.snapshot__tree.json__AwsCli-children-Component-attributes-aws-cdk-cloudformation-props-data__HIST-0c151dab0578.yml":
      ["1 value-empty"],
    "components/CloudSnorkel__cdk-github-runners__test__default.integ.snapshot__tree.json__Docker-children-Component-attributes-aws-cdk-cloudformation-props-data__HIST-0c151dab0578-2.yml":
      ["1 value-empty"],
    "components/CloudSnorkel__cdk-github-runners__test__default.integ.snapshot__tree.json__Docker-children-Component-attributes-aws-cdk-cloudformation-props-data__HIST-0c151dab0578.yml":
      ["1 value-empty"],
    "components/CloudSnorkel__cdk-github-runners__test__default.integ.snapshot__tree.json__Runner-children-Component-attributes-aws-cdk-cloudformation-props-data__HIST-0c151dab0578-2.yml":
      ["1 value-empty"],
    "components/CloudSnorkel__cdk-github-runners__test__default.integ.snapshot__tree.json__Runner-children-Component-attributes-aws-cdk-cloudformation-props-data__HIST-0c151dab0578.yml":
      ["1 value-empty"],
    "components/CloudSnorkel__cdk-github-runners__test__default.integ.snapshot__tree.json__ckages-children-Component-attributes-aws-cdk-cloudformation-props-data__HIST-0c151dab0578-2.yml":
      ["1 value-empty"],
    "components/CloudSnorkel__cdk-github-runners__test__default.integ.snapshot__tree.json__ckages-children-Component-attributes-aws-cdk-cloudformation-props-data__HIST-0c151dab0578.yml":
      ["1 value-empty"],
    "components/CloudSnorkel__cdk-github-runners__test__default.integ.snapshot__tree.json__erUser-children-Component-attributes-aws-cdk-cloudformation-props-data__HIST-0c151dab0578-2.yml":
      ["1 value-empty"],
    "components/CloudSnorkel__cdk-github-runners__test__default.integ.snapshot__tree.json__erUser-children-Component-attributes-aws-cdk-cloudformation-props-data__HIST-0c151dab0578.yml":
      ["1 value-empty"],
    "components/CloudSnorkel__cdk-github-runners__test__default.integ.snapshot__tree.json__hubCli-children-Component-attributes-aws-cdk-cloudformation-props-data__HIST-0c151dab0578-2.yml":
      ["1 value-empty"],
    "components/CloudSnorkel__cdk-github-runners__test__default.integ.snapshot__tree.json__hubCli-children-Component-attributes-aws-cdk-cloudformation-props-data__HIST-0c151dab0578.yml":
      ["1 value-empty"],
  },
  "parameters are written as name and type next to each other, references with Go's dot, and a here-document begins at the first column and so ends the block":
    {
      "components/chaunceyyann__aws-imagebuilder-image__image_specs__golden_image_spec__component_specifications__prometheus-exporters-component.yaml":
        ["45 yaml-syntax"],
      "components/chaunceyyann__aws-imagebuilder-image__image_specs__golden_image_spec__component_specifications__systemd-timesyncd-component.yaml":
        ["42 yaml-syntax"],
    },
  "parameters are written as name and type next to each other, and references with Go's dot": {
    "components/chaunceyyann__aws-imagebuilder-image__ecp_image_spec__golden_image_spec__component_specifications__falcon-sensor-component-windows__HIST-83f82026e6b5.yaml":
      ["6 wrong-type", "10 wrong-type", "33 unreadable-reference", "39 unreadable-reference"],
    "components/chaunceyyann__aws-imagebuilder-image__ecp_image_spec__golden_image_spec__component_specifications__prometheus-exporters-component-windows__HIST-83f82026e6b5.yaml":
      ["6 wrong-type", "10 wrong-type", "36 unreadable-reference", "56 unreadable-reference", "57 unreadable-reference"],
    "components/chaunceyyann__aws-imagebuilder-image__ecp_image_spec__golden_image_spec__component_specifications__terraform-tflint-component-windows__HIST-83f82026e6b5.yaml":
      ["6 wrong-type", "10 wrong-type", "36 unreadable-reference", "47 unreadable-reference"],
    "components/chaunceyyann__aws-imagebuilder-image__ecp_image_spec__golden_image_spec__component_specifications__terraform-tflint-component__HIST-83f82026e6b5.yaml":
      [
        "6 wrong-type",
        "10 wrong-type",
        "39 unreadable-reference",
        "43 unreadable-reference",
        "51 unreadable-reference",
        "55 unreadable-reference",
      ],
    "components/chaunceyyann__aws-imagebuilder-image__image_specs__golden_image_spec__component_specifications__aws-cli-component-windows.yaml":
      ["6 wrong-type", "28 unreadable-reference"],
    "components/chaunceyyann__aws-imagebuilder-image__image_specs__golden_image_spec__component_specifications__aws-cli-component.yaml": [
      "6 wrong-type",
    ],
    "components/chaunceyyann__aws-imagebuilder-image__image_specs__golden_image_spec__component_specifications__cloudwatch-agent-component-windows.yaml":
      ["6 wrong-type", "37 unreadable-reference"],
    "components/chaunceyyann__aws-imagebuilder-image__image_specs__golden_image_spec__component_specifications__cloudwatch-agent-component.yaml":
      ["6 wrong-type", "46 unreadable-reference"],
    "components/chaunceyyann__aws-imagebuilder-image__image_specs__golden_image_spec__component_specifications__falcon-sensor-component-windows.yaml":
      ["6 wrong-type", "10 wrong-type", "32 unreadable-reference", "38 unreadable-reference"],
    "components/chaunceyyann__aws-imagebuilder-image__image_specs__golden_image_spec__component_specifications__falcon-sensor-component.yaml":
      ["6 wrong-type", "10 wrong-type", "14 wrong-type", "41 unreadable-reference", "47 unreadable-reference", "55 unreadable-reference"],
    "components/chaunceyyann__aws-imagebuilder-image__image_specs__golden_image_spec__component_specifications__nodejs-component-windows.yaml":
      ["6 wrong-type", "10 wrong-type", "32 unreadable-reference", "45 unreadable-reference", "46 unreadable-reference"],
    "components/chaunceyyann__aws-imagebuilder-image__image_specs__golden_image_spec__component_specifications__nodejs-component.yaml": [
      "6 wrong-type",
      "10 wrong-type",
      "14 wrong-type",
      "51 unreadable-reference",
      "54 unreadable-reference",
      "59 unreadable-reference",
      "60 unreadable-reference",
    ],
    "components/chaunceyyann__aws-imagebuilder-image__image_specs__golden_image_spec__component_specifications__prometheus-exporters-component-windows.yaml":
      ["7 wrong-type", "12 wrong-type", "37 unreadable-reference", "57 unreadable-reference", "58 unreadable-reference"],
    "components/chaunceyyann__aws-imagebuilder-image__image_specs__golden_image_spec__component_specifications__python-component-windows.yaml":
      ["6 wrong-type", "10 wrong-type", "33 unreadable-reference", "48 unreadable-reference", "49 unreadable-reference"],
    "components/chaunceyyann__aws-imagebuilder-image__image_specs__golden_image_spec__component_specifications__python-component.yaml": [
      "6 wrong-type",
      "49 unreadable-reference",
      "50 unreadable-reference",
    ],
    "components/chaunceyyann__aws-imagebuilder-image__image_specs__golden_image_spec__component_specifications__splunk-indexer-component-windows.yaml":
      ["6 wrong-type", "10 wrong-type", "35 unreadable-reference", "40 unreadable-reference"],
    "components/chaunceyyann__aws-imagebuilder-image__image_specs__golden_image_spec__component_specifications__splunk-indexer-component.yaml":
      ["6 wrong-type", "10 wrong-type", "38 unreadable-reference", "46 unreadable-reference", "55 unreadable-reference"],
    "components/chaunceyyann__aws-imagebuilder-image__image_specs__golden_image_spec__component_specifications__terraform-tflint-component-windows.yaml":
      ["6 wrong-type", "11 wrong-type", "37 unreadable-reference", "48 unreadable-reference"],
    "components/chaunceyyann__aws-imagebuilder-image__image_specs__golden_image_spec__component_specifications__terraform-tflint-component.yaml":
      [
        "6 wrong-type",
        "11 wrong-type",
        "40 unreadable-reference",
        "44 unreadable-reference",
        "52 unreadable-reference",
        "56 unreadable-reference",
      ],
  },
};
