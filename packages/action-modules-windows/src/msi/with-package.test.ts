import { webDownload } from "@imagewright/action-modules-core";
import { runAction } from "@imagewright/test-kit";
import { expect, jest, test } from "@jest/globals";
import { installMsi } from "../install-msi/index.js";
import { ON_WINDOWS, WindowsStandIn } from "../testing/windows-stand-in.js";

// files of Windows are not here, so nothing is downloaded
test("a package that another has open stays, and the restart that the installer asks for is not lost", async () => {
  const download = jest.spyOn(webDownload, "run").mockResolvedValue({ status: "succeeded" });
  try {
    const windows = new WindowsStandIn({ exit: 3010 });
    windows.isBusy = true;
    const inputs = { path: "https://example.com/tool.msi", ignoreAuthenticodeSignatureErrors: true, allowUnsignedInstaller: true };
    const { result } = await runAction(installMsi, inputs, { ...ON_WINDOWS, host: windows.host });
    expect(result).toMatchObject({ status: "reboot", exitCode: 3010 });
    expect(windows.commands[0]?.arguments[1]).toBe(`"${download.mock.calls[0]?.[0].destination}"`);
  } finally {
    download.mockRestore();
  }
});
