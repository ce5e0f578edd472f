import { afterEach, expect, test } from "@jest/globals";
import { graceSeconds, noticeSeconds, secondsToAnswer, trialSeconds } from "./time-limit.js";

afterEach(() => {
  Reflect.deleteProperty(process.env, "IMAGEWRIGHT_ENGINE_TIMEOUT");
});

test.each([
  ["docker image inspect a", 300],
  ["docker container inspect --format x a", 300],
  ["podman --runtime runc --cgroup-manager cgroupfs images", 300],
  ["buildah inspect --type image commit", 300],
  ["podman --version", 300],
  ["docker pull info", undefined],
  ["buildah pull --quiet docker.io/library/oci:12", undefined],
  ["buildah pull --quiet oci:scratch", 3600],
  ["podman --runtime runc run --rm tag version", 3600],
  ["buildah commit --quiet a b", 3600],
  ["buildah from --pull-never --name a info", 3600],
  ["docker import info a", 3600],
  ["docker load --quiet --input info", 3600],
  ["buildah push a dir:info", 3600],
  ["podman save --output info a", 3600],
  ["buildah add a info /", 3600],
  ["buildah unshare -- rm -rf mount", 3600],
  ["tar --list --file info", undefined],
])("%s has to end within %s s", (line, seconds) => {
  expect(secondsToAnswer(line.split(" "))).toBe(seconds);
  process.env["IMAGEWRIGHT_ENGINE_TIMEOUT"] = "30";
  expect(secondsToAnswer(line.split(" "))).toBe(seconds && seconds / 10);
});

test("who waits is told after a tenth of the time of a short call, and a call that is not wanted has a thirtieth to end", () => {
  expect([noticeSeconds(), graceSeconds()]).toEqual([30, 10]);
});

test("a trial is never longer than a minute", () => {
  expect(trialSeconds()).toBe(60);
  process.env["IMAGEWRIGHT_ENGINE_TIMEOUT"] = "3";
  expect(trialSeconds()).toBe(3);
  process.env["IMAGEWRIGHT_ENGINE_TIMEOUT"] = "3000";
  expect(trialSeconds()).toBe(60);
});

test.each(["0", "-1", "soon", "1e9"])("a limit of %j is refused", (text) => {
  process.env["IMAGEWRIGHT_ENGINE_TIMEOUT"] = text;
  expect(() => trialSeconds()).toThrow(`IMAGEWRIGHT_ENGINE_TIMEOUT must be a number of seconds from above 0 to 86400; found "${text}"`);
});
