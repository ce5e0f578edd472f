import type { Commands } from "./commands.js";

/** The packages in rpm's database with all installed versions of each. */
export async function rpmPackages(commands: Commands): Promise<ReadonlyMap<string, string>> {
  const listed = await commands.ask("rpm", ["-qa", "--qf", "%{NAME} %{EPOCHNUM}:%{VERSION}-%{RELEASE}.%{ARCH}\\n"]);
  const packages = new Map<string, string>();
  for (const line of listed.split("\n").sort()) {
    const [name = "", version = ""] = line.split(" ");
    if (name !== "" && name !== "gpg-pubkey") packages.set(name, packages.has(name) ? `${packages.get(name)}, ${version}` : version);
  }
  return packages;
}
