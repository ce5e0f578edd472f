/** A document that is really run, and its expected result. */
export interface RunnableDocument {
  /** The end of its path in the corpus. */
  readonly path: string;
  /** The shell commands that prepare what the document expects. */
  readonly before?: string;
  /** A program that it needs. */
  readonly needs?: string;
  readonly code?: number;
  readonly steps?: readonly string[];
  /** A part of each line; omitted if it differs between systems. */
  readonly printed?: readonly string[];
  readonly changes?: readonly string[];
  /** Whether there are more changes, which differ between systems. */
  readonly moreChanges?: boolean;
}

const hello = (...lines: readonly string[]) => ({ steps: lines.map(() => "HelloWorldStep success"), printed: lines });
const LAST_IN_LOWER_CASE = hello(
  "Hello World from the build phase.",
  "Hello World from the validate phase.",
  "Hello world from the test phase",
);
const PHASES = hello("Hello World from the build phase.", "Hello World from the validate phase.", "Hello World from the test phase.");
const TEXT = "The text content of the sample file.";
const MORE = "The string to be appended to the file";

const inner = (names: readonly string[]) => {
  const document = (name: string) =>
    `{"schemaVersion":"1.0","parameters":[{"parameter-1":{"type":"string"}},{"parameter-2":{"type":"string"}}],"phases":[${["build", "test"]
      .map(
        (phase) =>
          `{"name":"${phase}","steps":[{"name":"Tell","action":"ExecuteBash","inputs":{"commands":["echo ${name} ${phase} {{ parameter-1 }} {{ parameter-2 }}"]}}]}`,
      )
      .join(",")}]}`;
  return names.map((name) => `echo '${document(name)}' > ${name}.yaml`).join("; ");
};

/**
 * The documents of the corpus for Linux that are run, by what they do: they need no network and change only files. The
 * others install packages, download, talk to a service, start one, or restart the machine.
 */
export const RUNNABLE: Readonly<Record<string, readonly RunnableDocument[]>> = {
  "Greets from each phase, and changes nothing": [
    { path: "CloudFormation__Docker__amazon-linux-2-with-helloworld__amazon-linux-2-container-image__L160.yml", ...PHASES },
    { path: "toe-get-started.md__L118__HIST-1237fce23423.yml", ...PHASES },
    { path: "components__linux__base_linux__HIST-3d1c099d2028.yml", ...PHASES },
    { path: "hello_world1__HIST-6cd4b2a9b8e7.yml", ...PHASES },
    { path: "hello_world2__HIST-6cd4b2a9b8e7.yml", ...hello("Hello World 2 from the build phase.") },
    { path: "modernisation-platform__components__linux__linux.yml", ...LAST_IN_LOWER_CASE },
    { path: "modernisation-platform__components__rhel7__rhel7.yml", ...LAST_IN_LOWER_CASE },
    { path: "scripts__templates__components__linux__linux.yml", ...PHASES },
    {
      path: "manage-component-parameters.md__L23__HIST-ac065eeb3ab5.yml",
      ...hello(...["Build", "Validate", "Test"].map((phase) => `Hello World! ${phase} phase. My input parameter value is It's me!`)),
    },
  ],
  "Writes files with bash": [
    {
      path: "example-component__hello-world-component.yaml",
      steps: ["EchoHelloWorld success", "Assert success"],
      printed: ["Hello world echo file created"],
      changes: ['+ root/helloworld.txt file 0644 0:0 "hello world\\n"'],
    },
    {
      path: "cross-account-amis__source-account__components__build-info.yml",
      steps: ["WriteBuildInfo success"],
      changes: [
        '+ etc/cross-account-sample-release file 0644 0:0 "Built by the EC2 Image Builder cross-account distribution sample (Terraform)\\n"',
      ],
    },
    {
      path: "approval-gate.yml__BuildInfoComponent.yml",
      steps: ["WriteBuildInfo success"],
      changes: ["+ opt/approval-gate folder 0755 0:0", '+ opt/approval-gate/build-info.txt file 0644 0:0 "Built on TIME\\n"'],
    },
    {
      path: "mponentEnvironmentVariablesUbuntuLinuxARM6482dd943516Component70AE7315.yml",
      before: "mkdir -p /home/runner",
      steps: ["Run success"],
      changes: ['+ home/runner/.env file 0644 0:0 "HELLO=world\\nFOO=bar\\n"'],
    },
    {
      path: "components__nginx_config.tpl.yml",
      before: "mkdir -p /tmp/app /etc/nginx/sites-available; echo new > /tmp/app/nginx.conf; echo old > /etc/nginx/sites-available/default",
      steps: ["rendered-name success"],
      printed: ["rendered-name: Vai para /tmp/app", "rendered-name: Copia configuração padrão do nginx"],
      changes: [
        '- etc/nginx/sites-available/default file 0644 0:0 "old\\n"',
        '+ etc/nginx/sites-available/default file 0644 0:0 "new\\n"',
        '+ etc/nginx/sites-available/default.bak file 0644 0:0 "old\\n"',
      ],
    },
    {
      path: "components__ssh_agent_enable.tpl.yml",
      before: "echo first > /etc/bash.bashrc",
      steps: ["rendered-name success"],
      changes: ['- etc/bash.bashrc file 0644 0:0 "first\\n"', '+ etc/bash.bashrc file 0644 0:0 "first\\neval $(ssh-agent -s)\\n"'],
    },
  ],
  "Adds a user, which only changes files": [
    {
      path: "InternalComponentRunnerUserUbuntuLinuxARM649a400b22a7ComponentEBCE0AFC.yml",
      needs: "adduser",
      before: "mkdir -p /etc/sudoers.d",
      steps: ["Run success"],
      changes: ['+ etc/sudoers.d/runner file 0644 0:0 "%runner   ALL=(ALL:ALL) NOPASSWD: ALL\\n"', "+ etc/passwd file 0644 0:0"],
      moreChanges: true,
    },
  ],
  "Checks whether something exists": [
    {
      path: "packer-build.yml__VerifyPackerImageComponent.yml",
      before: "echo built > /etc/packer-built.txt",
      steps: ["VerifyMarkerFile success"],
      printed: ["built"],
    },
    { path: "packer-build.yml__VerifyPackerImageComponent.yml", code: 1, steps: ["VerifyMarkerFile failed"] },
    {
      path: "geth-install-test__HIST-bbda45f731f6.yaml",
      before: "printf '#!/bin/sh\\necho Version: 1.10.8-stable\\n' > /usr/local/bin/geth; chmod +x /usr/local/bin/geth",
      steps: ["ValidateGeth success"],
      printed: ["Geth is installed", "Version: 1.10.8-stable"],
    },
    { path: "geth-install-test__HIST-bbda45f731f6.yaml", code: 1, steps: ["ValidateGeth failed"] },
    {
      path: "cookbook__tolerated-failure.yml",
      before: "printf '#!/bin/sh\\nexit 1\\n' > /usr/local/bin/rpm; chmod +x /usr/local/bin/rpm",
      steps: ["OptionalCheck ignoredFailure", "RequiredWork success"],
      printed: ["Still runs, and the document succeeds."],
    },
    {
      path: "cookbook__conditional-install.yml",
      before: "printf '#!/bin/sh\\n' > /usr/local/bin/unzip; chmod +x /usr/local/bin/unzip",
      steps: ["InstallWithDnf skipped", "InstallWithAptGet skipped", "UnzipInstalled success"],
    },
  ],
  "Runs other documents in the same folder": [
    {
      path: "toe-action-modules.md__L181__HIST-c5000433400e.yml",
      before: inner(["Sample-1"]),
      steps: ["ExecuteNestedDocument success"],
      printed: ["Sample-1 build value-1 value-2"],
    },
    ...["L245", "L271"].map((line) => ({
      ...{ path: `toe-action-modules.md__${line}__HIST-c5000433400e.yml`, before: inner(["Sample-1", "Sample-2"]) },
      ...{ steps: ["ExecuteNestedDocument success"], printed: ["Sample-1 test value-1 value-2", "Sample-2 test value-1 value-2"] },
    })),
  ],
  "Asks for a restart, which is left to the caller": [
    {
      path: "toe-action-modules.md__L48__HIST-c5000433400e.yml",
      code: 194,
      printed: ["triggering a restart"],
    },
  ],
  "Uses the modules for files; the steps for Windows create names with backslashes on Linux": [
    {
      path: "test__append-file.yaml",
      before:
        "mkdir /FolderName; printf a | tee Sample.txt 'C:\\MyFolder\\MyFile.txt' > /dev/null; printf '' | tee 'C:\\MyFolderName\\SampleFile.txt' > /FolderName/SampleFile.txt",
      steps: ["WithOutEncodingLinux", "WithOutEncodingWindows", "WithEncodingLinux", "WithEncodingWindows"]
        .map((name) => `AppendingFile${name} success`)
        .concat("AppendingEmptyStringLinux success", "AppendingEmptyStringWindows success"),
      changes: [
        ...[`- srv/here/C:\\MyFolder\\MyFile.txt file 0644 0:0 "a"`, `+ srv/here/C:\\MyFolder\\MyFile.txt file 0644 0:0 "a${MORE}"`],
        ...[`- srv/here/Sample.txt file 0644 0:0 "a"`, `+ srv/here/Sample.txt file 0644 0:0 "a${MORE}"`],
      ],
      moreChanges: true,
    },
    {
      path: "test__create-file.yaml",
      before:
        "echo Ubuntu:x:4242:4242::/:/bin/sh >> /etc/passwd; echo UbuntuGroup:x:4243: >> /etc/group; echo rootUserGroup:x:4244: >> /etc/group",
      steps: [
        "CreatingFileWithoutOverwriteLinux success",
        "CreatingFileWithoutOverwriteWindows success",
        "CreatingFileWithFileProperties success",
        "CreatingFileWithoutFileProperties success",
      ],
      changes: [
        ...[
          "+ home/UserName folder 0755 0:0",
          `+ home/UserName/Sample.txt file 0644 0:0 "${TEXT}"`,
          `+ srv/here/C:\\Temp\\Sample.txt file 0644 0:0 "${TEXT}"`,
        ],
        ...['+ srv/here/Sample.txt file 0644 0:0 ""', '+ srv/here/Sample1.txt file 0644 0:0 ""', "+ srv/here/SampleFolder folder 0755 0:0"],
        ...[`+ srv/here/SampleFolder/Sample.txt file 0777 4242:4243 "${[...TEXT].map((letter) => `${letter}\\u0000`).join("")}"`],
        ...['+ srv/here/SampleFolder/SampleFile.txt file 0755 0:0 ""', '+ srv/here/SampleFolder/TextFile.txt file 0644 0:4244 ""'],
      ],
    },
    {
      path: "test__create-file.yaml",
      code: 1,
      steps: [
        "CreatingFileWithoutOverwriteLinux success",
        "CreatingFileWithoutOverwriteWindows success",
        "CreatingFileWithFileProperties failed",
      ],
      changes: [],
      moreChanges: true,
    },
    {
      path: "test__create-symlink.yaml",
      before: "mkdir /Folder; touch /Folder/Sample.txt",
      steps: ["CreatingSymbolicLinkWithForce success", "CreatingSymbolicLinkWithOutForce success"],
      changes: [
        "+ Folder2 folder 0755 0:0",
        "+ Folder2/Symboliclink.txt link to /Folder/Sample.txt",
        "+ srv/here/Symboliclink.txt link to /Folder/Sample.txt",
      ],
    },
    {
      path: "test__file-and-folder-permissions.yaml",
      before:
        "mkdir -p /home/UserName/SampleFolder SampleFolder; touch /home/UserName/SampleFile.txt /home/UserName/SampleFolder/a SampleFolder/b",
      steps: ["ModifyingFilePermissions success", "SettingFolderPermissions success", "SettingFolderPermissionsNoRecursive success"],
      changes: [
        ...[
          '- home/UserName/SampleFile.txt file 0644 0:0 ""',
          '+ home/UserName/SampleFile.txt file 0766 0:0 ""',
          "- home/UserName/SampleFolder folder 0755 0:0",
          "+ home/UserName/SampleFolder folder 0777 0:0",
        ],
        ...[
          "- srv/here/SampleFolder folder 0755 0:0",
          "+ srv/here/SampleFolder folder 0777 0:0",
          '- srv/here/SampleFolder/b file 0644 0:0 ""',
          '+ srv/here/SampleFolder/b file 0777 0:0 ""',
        ],
      ],
    },
    {
      path: "test__read-file.yaml",
      before:
        "mkdir -p /home/UserName /FolderName; printf text > /home/UserName/SampleFile.txt; printf 'a\\0\\0\\0' > /FolderName/SampleFile.txt",
      steps: ["ReadingFileLinux success", "ReadingFileWithFileEncoding success", "ReadingFileToConsole success"],
      printed: ["text"],
    },
    {
      path: "test__set-file-owner.yaml",
      before:
        "echo LinuxUser:x:4242:4242::/:/bin/sh >> /etc/passwd; echo LinuxUserGroup:x:4243: >> /etc/group; mkdir -p /home/UserName; touch /home/UserName/SampleText.txt",
      steps: ["SettingFileOwnerPropertyNoGroup success", "SettingFileOwnerProperty success"],
      changes: ['- home/UserName/SampleText.txt file 0644 0:0 ""', '+ home/UserName/SampleText.txt file 0644 4242:4243 ""'],
    },
    {
      path: "test__set-folder-owner.yaml",
      before:
        "echo LinuxUser:x:4242:4242::/:/bin/sh >> /etc/passwd; echo LinuxUserGroup:x:4243: >> /etc/group; mkdir /SampleFolder; touch /SampleFolder/a",
      steps: [
        "SettingFolderPropertyWithOutGroup success",
        "SettingFolderPropertyWithOutRecursively success",
        "SettingFolderPropertyWithGroup success",
      ],
      changes: [
        "- SampleFolder folder 0755 0:0",
        "+ SampleFolder folder 0755 4242:4243",
        '- SampleFolder/a file 0644 0:0 ""',
        '+ SampleFolder/a file 0644 4242:4243 ""',
      ],
    },
  ],
};
