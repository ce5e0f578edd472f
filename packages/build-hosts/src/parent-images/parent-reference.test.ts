import { expect, test } from "@jest/globals";
import { checkParentReference, parseParentReference } from "./parent-reference.js";

test.each([
  ["mmdebstrap:bookworm", { kind: "debian", suite: "bookworm", variant: "ec2like" }],
  ["mmdebstrap:bookworm/ec2like", { kind: "debian", suite: "bookworm", variant: "ec2like" }],
  ["mmdebstrap:trixie/minimal", { kind: "debian", suite: "trixie", variant: "minimal" }],
  ["oci:/images/a:1", { kind: "layout", place: "/images/a:1" }],
  ["docker.io/library/debian:12", { kind: "name", name: "docker.io/library/debian:12" }],
  ["mmdebstrap", { kind: "name", name: "mmdebstrap" }],
])("%s", (reference, expected) => {
  expect([parseParentReference(reference), checkParentReference(reference)]).toEqual([expected, undefined]);
});

const ALLOWED = 'allowed: "ec2like" or "minimal"';
test.each([
  ["mmdebstrap:", '"" is not the name of a Debian suite'],
  ["mmdebstrap:/minimal", '"" is not the name of a Debian suite'],
  ["mmdebstrap:bookworm/", `unknown variant ""; ${ALLOWED}`],
  ["mmdebstrap:bookworm/Minimal", `unknown variant "Minimal"; ${ALLOWED}; did you mean "minimal"?`],
  ["mmdebstrap:bookworm/ec2-like", `unknown variant "ec2-like"; ${ALLOWED}; did you mean "ec2like"?`],
  ["mmdebstrap:bookworm/minimal/x", `unknown variant "minimal/x"; ${ALLOWED}; did you mean "minimal"?`],
  ["mmdebstrap:bookworm/constructor", `unknown variant "constructor"; ${ALLOWED}`],
  ["--all", '"--all" is not the name of an image: it begins with "-"'],
  ["debian 12", '"debian 12" is not the name of an image: it has a blank or a control character'],
  ["", '"" is not the name of an image: it is empty'],
])("%s is refused", (reference, reason) => {
  expect(checkParentReference(reference)?.reason).toBe(reason);
});
