import { runAction } from "@imagewright/test-kit";
import { expect, test } from "@jest/globals";
import { ON_WINDOWS, WindowsStandIn } from "../testing/windows-stand-in.js";
import { rebootOnWindows } from "./index.js";

test.each([
  [{}, 0],
  [{ delaySeconds: 60 }, 60],
])("chapter 19: Reboot with %j asks for a restart, after which the next step runs", async (input, delaySeconds) => {
  const { result } = await runAction(rebootOnWindows, input, { ...ON_WINDOWS, host: new WindowsStandIn().host });
  expect(result).toEqual({ status: "reboot", resume: "next-step", delaySeconds });
});
