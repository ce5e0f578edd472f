export { default } from "@imagewright/jest-preset";
