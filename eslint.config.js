export { default } from "@imagewright/eslint-config";
