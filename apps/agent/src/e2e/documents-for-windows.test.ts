import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { withTemporaryFolder } from "@imagewright/test-kit";
import { expect, test } from "@jest/globals";
import { ibAgent } from "./agent.js";

const DOCUMENT = String.raw`schemaVersion: 1.0
phases:
  - name: build
    steps:
      - name: Script
        action: ExecutePowerShell
        inputs:
          commands:
            - Write-Host "ready
      - name: Registry
        action: SetRegistry
        inputs:
          - { path: 'HKXX:\SOFTWARE\Test', name: a, value: 1, type: DWORD }
          - { path: 'HKLM:\SOFTWARE\Test', name: a, value: many, type: DWORD }
      - name: Install
        action: InstallMSI
        inputs:
          path: ftp://example.com/tool.msi
          properties: { REBOOT: Force }
      - name: Reserved
        action: CreateFile
        inputs:
          - { path: 'C:\work\nul', content: x }
          - { path: 'C:\work\a?b.txt', content: x }
      - name: Owner
        action: CreateFolder
        inputs:
          - { path: 'C:\work', owner: root, group: root, permissions: '0755' }
      - name: Update
        action: UpdateOS
        inputs: { include: [plain] }
      - name: Bash
        action: ExecuteBash
        inputs: { commands: [ls] }
`;

test("validate --os-platforms windows reports the faults of every module at once, on any platform", () =>
  withTemporaryFolder(async (folder) => {
    await writeFile(join(folder, "doc.yml"), DOCUMENT);
    const { code, stderr } = await ibAgent(["validate", "-d", "doc.yml", "--os-platforms", "windows"], { folder });
    expect([code, stderr]).toMatchSnapshot();
  }));
