export { windowsActions } from "./windows-actions.js";
