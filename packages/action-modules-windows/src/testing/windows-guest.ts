import { coreActions } from "@imagewright/action-modules-core";
import { serveActions } from "@imagewright/test-kit/windows-guest";
import { windowsActions } from "../index.js";

serveActions([...coreActions, ...windowsActions]);
