export { default } from "@imagewright/tsup-config";
