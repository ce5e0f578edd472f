import { expect, test } from "@jest/globals";
import { proxyFor } from "./proxy-for.js";

const PROXY = "http://proxy.example:3128";
const through = (url: string, environment: Readonly<Record<string, string>>) => proxyFor(new URL(url), environment);

test.each<[string, Readonly<Record<string, string>>, string | undefined]>([
  ["http://a.example/", { http_proxy: PROXY }, PROXY],
  ["http://a.example/", { HTTP_PROXY: PROXY }, PROXY],
  ["http://a.example/", { https_proxy: PROXY }, undefined],
  ["https://a.example/", { https_proxy: PROXY, http_proxy: "http://other" }, PROXY],
  ["https://a.example/", { HTTPS_PROXY: PROXY }, PROXY],
  ["https://a.example/", { http_proxy: PROXY }, undefined],
  ["https://a.example/", { all_proxy: PROXY }, PROXY],
  ["https://a.example/", { ALL_PROXY: "http://other", https_proxy: PROXY }, PROXY],
  ["http://a.example/", { http_proxy: PROXY, HTTP_PROXY: "http://other" }, PROXY],
  ["http://a.example/", { http_proxy: "proxy.example:3128" }, PROXY],
  ["http://a.example/", { http_proxy: "" }, undefined],
  ["http://a.example/", {}, undefined],
  ["http://localhost:80/", { http_proxy: PROXY }, undefined],
  ["http://127.1.2.3/", { http_proxy: PROXY }, undefined],
  ["http://[::1]/", { http_proxy: PROXY }, undefined],
  ["http://127.example/", { http_proxy: PROXY }, PROXY],
])("%s with %j goes through %s", (url, environment, proxy) => {
  expect(through(url, environment)).toBe(proxy);
});

test.each([
  ["*", "http://a.example/", true],
  ["a.example", "http://a.example/", true],
  ["A.Example", "http://a.EXAMPLE/", true],
  ["example", "http://a.example/", true],
  [".a.example", "http://b.a.example/", true],
  ["*.a.example", "http://b.a.example/", true],
  ["a.example", "http://ba.example/", false],
  ["b.a.example", "http://a.example/", false],
  ["other, a.example", "http://a.example/", true],
  ["other a.example", "http://a.example/", true],
  ["a.example:80", "http://a.example/", true],
  ["a.example:8080", "http://a.example/", false],
  ["a.example:8080", "http://a.example:8080/", true],
  ["169.254.169.254", "http://169.254.169.254/latest", true],
  ["254", "http://169.254.169.254/latest", false],
  ["10.0.0.0/8", "http://10.9.8.7/", true],
  ["10.0.0.0/8", "http://11.9.8.7/", false],
  ["10.0.0.0/8", "http://10.example/", false],
  ["10.0.0.0/99", "http://10.9.8.7/", false],
  ["fd00::/8", "http://[fd00::7]/", true],
  ["fd00::7", "http://[fd00::7]/", true],
  ["[fd00::7]:80", "http://[fd00::7]/", true],
  ["[fd00::7]:81", "http://[fd00::7]/", false],
  ["", "http://a.example/", false],
])("no_proxy %j covers %s: %p", (list, url, covered) => {
  expect(through(url, { http_proxy: PROXY, NO_PROXY: list }) === undefined).toBe(covered);
});
