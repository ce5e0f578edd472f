import { readTree, type Tree } from "@imagewright/test-kit";

/** Reads a folder; owner and permissions are omitted if they are the defaults for new files of this user. */
export async function readPlainTree(folder: string): Promise<Tree> {
  const own = `${process.getuid?.()}:${process.getgid?.()}`;
  const usual = (bits: number) => (bits & ~process.umask()).toString(8).padStart(4, "0");
  const shorten = (line: string) =>
    line
      .replace(`file ${usual(0o666)} ${own} `, "file ")
      .replace(`folder ${usual(0o777)} ${own}`, "folder")
      .replace(` ${own}`, "");
  return new Map([...(await readTree(folder))].map(([path, line]) => [path, shorten(line)]));
}
