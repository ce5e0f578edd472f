import { expect, test } from "@jest/globals";
import { isPrivateAddress } from "./private-address.js";

test.each([
  "0.0.0.0",
  "10.0.0.1",
  "100.64.0.1",
  "100.100.100.200",
  "127.0.0.1",
  "127.255.255.254",
  "168.63.129.16",
  "169.254.169.254",
  "172.16.0.1",
  "172.31.255.255",
  "192.168.1.1",
  "198.18.0.1",
  "224.0.0.1",
  "255.255.255.255",
  "::",
  "::1",
  "[::1]",
  "::127.0.0.1",
  "::ffff:10.0.0.1",
  "::ffff:a9fe:a9fe",
  "::ffff:0:0",
  "64:ff9b::a9fe:a9fe",
  "64:ff9b::7f00:1",
  "2001::1",
  "2001:db8::1",
  "2002:7f00:1::",
  "fc00::1",
  "fd00:ec2::254",
  "fe80::1",
  "fe80::1%eth0",
  "fec0::1",
  "ff02::1",
])("%s is private", (address) => expect(isPrivateAddress(address)).toBe(true));

test.each([
  "1.1.1.1",
  "9.255.255.255",
  "11.0.0.0",
  "100.63.255.255",
  "100.128.0.0",
  "172.15.255.255",
  "172.32.0.0",
  "192.167.255.255",
  "192.169.0.0",
  "223.255.255.255",
  "::ffff:1.1.1.1",
  "64:ff9b::101:101",
  "2606:4700:4700::1111",
  "2a00:1450::1",
])("%s is public", (address) => expect(isPrivateAddress(address)).toBe(false));

// a URL writes every form of an IPv4 address in the usual one
test.each(["127.1", "2130706433", "0x7f000001", "017700000001", "0x7f.1", "0", "169.254.43518", "0xa9fea9fe", "127。0。0。1", "①②⑦.0.0.1"])(
  "http://%s/ is a private address",
  (host) => expect(isPrivateAddress(new URL(`http://${host}/`).hostname)).toBe(true),
);
