import { coreActions } from "@imagewright/action-modules-core";
import { serveActions } from "@imagewright/test-kit/windows-guest";
import { isRunnable, type AnyActionModule } from "@imagewright/action-contract";
import { windowsActions } from "../index.js";

serveActions([...coreActions, ...windowsActions.filter((action): action is AnyActionModule => isRunnable(action))]);
