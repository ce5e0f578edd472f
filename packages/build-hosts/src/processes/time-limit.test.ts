import { afterEach, expect, test } from "@jest/globals";
import { secondsToAnswer, trialSeconds } from "./time-limit.js";

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
  ["podman --runtime runc run --rm tag version", undefined],
  ["buildah commit --quiet a b", undefined],
  ["buildah unshare -- rm -rf mount", undefined],
  ["tar --list --file info", undefined],
])("%s has to end within %s s", (line, seconds) => {
  expect(secondsToAnswer(line.split(" "))).toBe(seconds);
  process.env["IMAGEWRIGHT_ENGINE_TIMEOUT"] = "0.5";
  expect(secondsToAnswer(line.split(" "))).toBe(seconds && 0.5);
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
