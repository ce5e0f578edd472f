export { linuxActions } from "./linux-actions.js";
