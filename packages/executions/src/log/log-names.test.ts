import { expect, test } from "@jest/globals";
import { imageLogGroup, imageLogStream, logFolderOfImage, pathOfImage, pipelineLogGroup } from "./log-names.js";

const image = { account: "123456789012", region: "eu-west-1", name: "Web Server", version: "1.2.0", buildVersion: 3 };

test("LOG-001, LOG-003: the group of an image is /aws/imagebuilder/IMAGE or that of its configuration; the stream is VERSION/BUILD", () => {
  expect(imageLogGroup("web")).toBe("/aws/imagebuilder/web");
  expect(imageLogGroup("Web Server", {})).toBe("/aws/imagebuilder/Web-Server");
  expect(imageLogGroup("web", { logGroupName: "/mine" })).toBe("/mine");
  expect(imageLogStream(image)).toBe("1.2.0/3");
});

test("PIP-012: the group of a pipeline is /aws/imagebuilder/pipeline/PIPELINE or that of its configuration", () => {
  expect(pipelineLogGroup("nightly")).toBe("/aws/imagebuilder/pipeline/nightly");
  expect(pipelineLogGroup("nightly", { pipelineLogGroupName: "/mine" })).toBe("/mine");
});

test("LOG-004: files of an image lie below IMAGE/VERSION/BUILD", () => {
  expect(pathOfImage(image)).toBe("Web-Server/1.2.0/3");
  expect(logFolderOfImage("/data", image)).toBe("/data/service/logs/123456789012/eu-west-1/Web-Server/1.2.0/3");
});
