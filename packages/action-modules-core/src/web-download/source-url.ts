import type { InputFault, Platform } from "@imagewright/action-contract";
import { quote } from "@imagewright/diagnostics";
import { quoteUrl } from "../network/show-url.js";
import { endsWithSeparator } from "../files/resolve-path.js";

/** Faults of an address that cannot be downloaded from, and of one that gives no name to a file that goes into a folder. */
export function sourceFaults(source: string, destination: string, platform: Platform): InputFault[] {
  const faults = webAddressFaults("source", source);
  if (faults.length > 0) return faults;
  if (!endsWithSeparator(destination, platform) || fileNameOf(new URL(source), platform) !== undefined) return [];
  return [
    {
      path: ["destination"],
      message: `"destination" must be the path of a file, because ${quoteUrl(source)} gives no name to a file in the folder`,
    },
  ];
}

/** A fault where the value of an input is no address to download from. */
export function webAddressFaults(key: string, address: string): InputFault[] {
  // a URL parser drops line ends and turns backslashes round in silence, which RFC 3986 does not know
  if (!/[\p{Cc} \\]/u.test(address) && URL.canParse(address) && isWebAddress(new URL(address))) return [];
  const message = `${quote(key)} must be an http:// or https:// address; found ${quoteUrl(address)}`;
  return [{ path: [key], message, ...(address.includes(" ") ? { help: "write a space as %20" } : {}) }];
}

/** Whether an address is one to download from. */
export function isWebAddress({ protocol, hostname }: URL): boolean {
  return (protocol === "http:" || protocol === "https:") && hostname !== "";
}

/** The last part of an address's path with its escapes undone, where that is a file name and not a path or nothing. */
export function fileNameOf({ pathname }: URL, platform: Platform): string | undefined {
  const last = pathname.slice(pathname.lastIndexOf("/") + 1);
  const name = undoEscapes(last);
  const separators = platform === "windows" ? /[\0/\\:]/ : /[\0/]/;
  return name === undefined || ["", ".", ".."].includes(name) || separators.test(name) ? undefined : name;
}

function undoEscapes(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
