import { createServer, type RequestListener } from "node:http";
import { once } from "node:events";
import { mkdir, writeFile } from "node:fs/promises";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { withTemporaryFolder } from "@imagewright/test-kit";
import { debianMirrors } from "./debian-mirrors.js";
import { readDebianRelease } from "./debian-release.js";

const RELEASE = "Origin: Debian\nSuite: oldstable\nCodename: bookworm\nDate: Sat, 06 Sep 2025 09:48:14 UTC\nMD5Sum:\n";

/** Calls the body with the address of a mirror on this machine, and closes it. */
async function withMirror(listener: RequestListener, body: (mirror: string) => Promise<void>): Promise<void> {
  const server = createServer(listener).listen(0, "127.0.0.1");
  await once(server, "listening");
  try {
    await body(`http://127.0.0.1:${(server.address() as AddressInfo).port}/debian`);
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

test("the date of a suite is at the beginning of its Release file, of which nothing more is read", async () => {
  const asked: string[] = [];
  const listener: RequestListener = ({ url, headers }, response) => {
    asked.push(`${url ?? ""} ${headers.range ?? ""}`);
    response.write(RELEASE.padEnd(8192));
    // the rest never comes
  };
  await withMirror(listener, async (mirror) => {
    expect((await readDebianRelease("bookworm", { mirror: `${mirror}/` })).toISOString()).toBe("2025-09-06T09:48:14.000Z");
    expect(asked).toEqual(["/debian/dists/bookworm/Release bytes=0-4095"]);
  });
});

test("a password in the address is sent, and not shown", async () => {
  const listener: RequestListener = ({ headers }, response) =>
    headers.authorization === `Basic ${Buffer.from("ada:p@ss").toString("base64")}` ? response.end(RELEASE) : response.writeHead(401).end();
  await withMirror(listener, async (mirror) => {
    const withWord = (word: string) => mirror.replace("//", `//ada:${word}@`);
    expect((await readDebianRelease("bookworm", { mirror: withWord("p%40ss") })).getUTCFullYear()).toBe(2025);
    const message = `the release date at "${mirror}/dists/bookworm/Release" cannot be read: the mirror answers 401`;
    await expect(readDebianRelease("bookworm", { mirror: withWord("wrong") })).rejects.toMatchObject({ message });
  });
});

test.each<[string, RequestListener, string]>([
  ["a suite that is not there", (_, response) => response.writeHead(404).end(), "the mirror answers 404"],
  ["a page of something else", (_, response) => response.end("<html>"), "it has no date"],
  ["a date that is none", (_, response) => response.end("Date: soon\n"), "it has no date"],
])("%s is an error that names the address", async (_, listener, cause) => {
  await withMirror(listener, async (mirror) => {
    const message = `the release date at "${mirror}/dists/trixie/Release" cannot be read: ${cause}`;
    await expect(readDebianRelease("trixie", { mirror })).rejects.toMatchObject({ code: "build-hosts/release-not-read", message });
  });
});

test("a mirror that does not listen is an error with the reason", async () => {
  let closed = "";
  await withMirror(
    () => undefined,
    async (mirror) => {
      closed = mirror;
    },
  );
  await expect(readDebianRelease("trixie", { mirror: closed })).rejects.toThrow(/ cannot be read: .*ECONNREFUSED/);
});

const stanza = (suites: string, uris: string) => `Types: deb\nURIs: ${uris}\nSuites: ${suites}\nComponents: main\n`;

test.each<[string, string, readonly string[]]>([
  ["no sources", "", []],
  [
    "that of the suite first",
    `${stanza("trixie", "http://t.example/d")}\n${stanza("bookworm", "http://b.example/d/")}`,
    ["http://b.example/d", "http://t.example/d"],
  ],
  ["that of another suite", stanza("trixie trixie-updates", "https://t.example/d"), ["https://t.example/d"]],
  ["no archive of security fixes", stanza("bookworm-security", "http://s.example/d"), []],
  ["no file", stanza("bookworm", "file:/srv/mirror cdrom:[x]"), []],
])("the mirrors of apt: %s", (_, text, expected) =>
  withTemporaryFolder(async (folder) => {
    await mkdir(join(folder, "sources.list.d"));
    await writeFile(join(folder, "sources.list.d", "a.sources"), text);
    expect(await debianMirrors("bookworm", folder)).toEqual(expected);
  }),
);

test("apt that is configured for no Debian mirror is an error that says so", () =>
  withTemporaryFolder(async (aptFolder) => {
    const message = 'apt of this machine is configured for no Debian mirror, which would say when "trixie" was released';
    await expect(readDebianRelease("trixie", { aptFolder })).rejects.toMatchObject({ code: "build-hosts/no-debian-mirror", message });
  }));
