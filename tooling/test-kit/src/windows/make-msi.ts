import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";

/** Whether MSI files can be made here. */
export const canMakeMsi = spawnSync("wixl", ["--version"]).status === 0;

/**
 * Makes an MSI file in a folder: a product that installs one file below `Program Files (x86)` and keeps the property COMPANYNAME in the
 * registry. `restart` makes it ask for a restart at its end. Returns its path.
 */
export function makeMsi(folder: string, { restart = false } = {}): string {
  const schedule = restart ? '<InstallExecuteSequence><ScheduleReboot After="InstallFinalize" /></InstallExecuteSequence>' : "";
  writeFileSync(join(folder, "tool.txt"), "tool");
  writeFileSync(
    join(folder, "tool.wxs"),
    `<?xml version="1.0" encoding="utf-8"?>
<Wix xmlns="http://schemas.microsoft.com/wix/2006/wi">
  <Product Name="Example Tool" Id="*" UpgradeCode="1B4E28BA-2FA1-11D2-883F-0016D3CCA427" Language="1033" Version="1.2.3" Manufacturer="Example">
    <Package Id="*" InstallerVersion="100" Compressed="yes" Manufacturer="Example" Description="Example Tool" />
    <Media Id="1" Cabinet="tool.cab" EmbedCab="yes" />
    <Property Id="COMPANYNAME" Value="none" />
    <Directory Id="TARGETDIR" Name="SourceDir">
      <Directory Id="ProgramFilesFolder">
        <Directory Id="INSTALLDIR" Name="ExampleTool">
          <Component Id="Main" Guid="1B4E28BA-2FA1-11D2-883F-0016D3CCA428">
            <File Id="Tool" Name="tool.txt" Source="tool.txt" KeyPath="yes" />
            <RegistryValue Root="HKLM" Key="Software\\ExampleTool" Name="Company" Type="string" Value="[COMPANYNAME]" />
          </Component>
        </Directory>
      </Directory>
    </Directory>
    <Feature Id="Complete" Level="1"><ComponentRef Id="Main" /></Feature>
    ${schedule}
  </Product>
</Wix>
`,
  );
  const path = join(folder, "tool.msi");
  const { status, stderr } = spawnSync("wixl", ["-o", path, join(folder, "tool.wxs")], { cwd: folder, encoding: "utf8" });
  if (status !== 0) throw new Error(stderr);
  return path;
}
