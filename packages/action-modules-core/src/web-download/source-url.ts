import type { InputFault, Platform } from "@imagewright/action-contract";
import { quote } from "@imagewright/diagnostics";
import { quoteUrl } from "../network/show-url.js";
import { endsWithSeparator } from "../files/resolve-path.js";
import { isFileName } from "../files/windows-names.js";

/** Faults of an invalid address, and of one without a file name for a folder. */
export function sourceFaults(source: string, destination: string, platform: Platform): InputFault[] {
  const faults = webAddressFaults("source", source);
  if (faults.length > 0) return faults;
  if (!endsWithSeparator(destination, platform) || fileNameOf(new URL(source), platform) !== undefined) return [];
  return [
    {
      path: ["destination"],
      message: `"destination" must be the path of a file, because ${quoteUrl(source)} contains no name for a file in the folder`,
    },
  ];
}

/** A fault where the value of an input is no address to download from. */
export function webAddressFaults(key: string, address: string): InputFault[] {
  // a URL parser silently drops line ends and converts backslashes, contrary to RFC 3986
  if (!/[\p{Cc} \\]/u.test(address) && URL.canParse(address) && isWebAddress(new URL(address))) return [];
  const message = `${quote(key)} must be an http:// or https:// address; found ${quoteUrl(address)}`;
  return [{ path: [key], message, ...(address.includes(" ") ? { help: "write a space as %20" } : {}) }];
}

/** Whether an address can be downloaded from. */
export function isWebAddress({ protocol, hostname }: URL): boolean {
  return (protocol === "http:" || protocol === "https:") && hostname !== "";
}

/** The decoded last part of an address's path, if it is a valid file name. */
export function fileNameOf({ pathname }: URL, platform: Platform): string | undefined {
  const last = pathname.slice(pathname.lastIndexOf("/") + 1);
  const name = undoEscapes(last);
  return name !== undefined && isFileName(name, platform) ? name : undefined;
}

function undoEscapes(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
