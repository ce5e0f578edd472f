/** The kinds of files that are recognized. */
export type FileKind =
  | "component-document"
  | "workflow-document"
  | "component"
  | "workflow"
  | "container-recipe"
  | "image-recipe"
  | "image-pipeline"
  | "pipeline-list"
  | "schedule"
  | "lifecycle-policy"
  | "distribution-configuration"
  | "infrastructure-configuration"
  | "image-list"
  | "finished-build"
  | "cloudformation-template"
  | "terraform-configuration"
  | "terraform-plan"
  | "dockerfile"
  | "packer-template"
  | "ssm-document"
  | "ansible-playbook"
  | "github-workflow";

interface KindTexts {
  /** With its article. */
  readonly name: string;
  /** What to do with such a file where another kind is expected. */
  readonly help: string;
}

const INFRASTRUCTURE_HELP = "a container needs no infrastructure configuration, so no command reads one";

/** The name of each kind in messages, and the help for a file of this kind. */
export const KIND_TEXTS: Readonly<Record<FileKind, KindTexts>> = {
  "component-document": {
    name: "a component document",
    help: "check it with ib component validate, run it with ib component run, or name it in a recipe below components",
  },
  "workflow-document": { name: "a workflow document", help: "check it with ib workflow validate" },
  component: { name: "a component", help: 'its document is the text below "data"; ib component validate checks it in place' },
  workflow: { name: "a workflow", help: 'its document is the text below "data"; ib workflow validate checks it in place' },
  "container-recipe": { name: "a container recipe", help: "build it with ib build" },
  "image-recipe": {
    name: "an image recipe",
    help: 'ib build checks it, but builds container images only; a container recipe has "containerType": "DOCKER"',
  },
  "image-pipeline": {
    name: "an image pipeline",
    help: "ib schedule explain shows when it runs; build its recipe with ib build",
  },
  "pipeline-list": {
    name: "a list of image pipelines",
    help: "ib schedule explain shows when a pipeline runs; save the wanted one with aws imagebuilder get-image-pipeline",
  },
  schedule: { name: "the schedule of an image pipeline", help: "ib schedule explain shows when it runs" },
  "lifecycle-policy": { name: "a lifecycle policy", help: "preview it with ib lifecycle preview POLICY IMAGES" },
  "distribution-configuration": { name: "a distribution configuration", help: "plan it with ib distribution plan SETTINGS BUILD" },
  "infrastructure-configuration": { name: "an infrastructure configuration", help: INFRASTRUCTURE_HELP },
  "image-list": { name: "a list of images", help: "it is the second file of ib lifecycle preview POLICY IMAGES" },
  "finished-build": { name: "a finished build", help: "it is the second file of ib distribution plan SETTINGS BUILD" },
  "cloudformation-template": { name: "a CloudFormation template", help: "ib component validate checks the component documents in it" },
  "terraform-configuration": {
    name: "a Terraform configuration",
    help: "only Terraform can evaluate it: run terraform plan -out=plan and terraform show -json plan > plan.json, then use plan.json",
  },
  "terraform-plan": {
    name: "a Terraform plan",
    help: "ib component validate checks the component documents in it; nothing else of a plan is read",
  },
  dockerfile: {
    name: "a Dockerfile",
    help: 'write a recipe with its base image as "parentImage", and what it runs as steps of a component document',
  },
  "packer-template": { name: "a Packer template", help: "write its provisioners as steps of a component document" },
  "ssm-document": { name: "a Systems Manager document", help: "write its mainSteps as steps of a component document" },
  "ansible-playbook": {
    name: "an Ansible playbook",
    help: "run it in a step of a component document, with ExecuteBash and ansible-playbook",
  },
  "github-workflow": { name: "a workflow of GitHub Actions", help: "a component document has phases, and in them steps with an action" },
};
