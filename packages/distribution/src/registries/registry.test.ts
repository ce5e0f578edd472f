import { describe, expect, test } from "@jest/globals";
import { checkAddress, repositoryIn } from "./registry.js";

describe("the address of a registry", () => {
  test.each(["localhost", "registry.example.com:5000", "[::1]:5000/images", "registry.example.com/of/{account}/x_y", "10.0.0.1/a"])(
    "%s is one",
    (address) => {
      expect(() => checkAddress(address)).not.toThrow();
    },
  );

  test.each([
    ["https://registry.example.com", "it has a scheme"],
    ["", '"" is no host'],
    ["registry example", '"registry example" is no host'],
    ["registry:port/a", '"registry:port" is no host'],
    ["registry/", '"" in its path is not of lower-case letters and digits'],
    ["registry/Team", '"Team" in its path is not of lower-case letters and digits'],
    ["registry/a/../b", '".." in its path'],
  ])("%s is none", (address, problem) => {
    expect(() => checkAddress(address)).toThrow(
      expect.objectContaining({ code: "distribution/address-invalid", message: expect.stringContaining(problem) }),
    );
  });
});

test("a repository is below the address of its Region, which may name the account", () => {
  const registries = { "eu-west-1": { address: "registry:5000/{account}", isPlain: true } };
  const place = { region: "eu-west-1", accountId: "210987654321", repository: "team/web" };
  expect(repositoryIn(registries, place)).toEqual({ name: "registry:5000/210987654321/team/web", isPlain: true });
  expect(() => repositoryIn({}, place)).toThrow('no registry is set for the Region "eu-west-1"; allowed: none, as none is set');
});
