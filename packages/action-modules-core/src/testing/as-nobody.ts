export { asNobody, isRoot, NOBODY } from "@imagewright/test-kit";
