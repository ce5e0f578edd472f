import { constants } from "node:fs";
import { join } from "node:path";
import type { FileSystem } from "@imagewright/action-contract";
import fc from "fast-check";

// from libuv 1.51 on, which Node has since 22; no module uses copyFile there
const COPY_FILE_KEEPS_OWNER = Number(process.versions.uv.split(".")[1]) >= 51;

/** One call of the file system, with paths relative to a folder. */
export interface FileOperation {
  readonly name: string;
  readonly run: (files: FileSystem, folder: string) => Promise<unknown>;
}

const name = fc.constantFrom("a", "b", "c", "d");
const path = fc
  .tuple(fc.array(name, { minLength: 1, maxLength: 3 }), fc.constantFrom("", "", "", "", "", "", "/", "/."))
  .map(([names, end]) => `${names.join("/")}${end}`);
const target = fc.oneof(
  path,
  path.map((each) => `../${each}`),
  fc.constantFrom(".", "nowhere"),
);
const content = fc.constantFrom("", "x", "hello", "a longer text");
const mode = fc.constantFrom(0o777, 0o755, 0o644, 0o600, 0o500, 0o000, 0o4755, 0o2775, 0o1777);
const flags = fc.constantFrom("r", "r+", "w", "wx", "w+", "a", "ax", "a+");
const { O_RDONLY, O_WRONLY, O_RDWR, O_CREAT, O_EXCL, O_TRUNC, O_APPEND, O_DIRECTORY, O_NOFOLLOW } = constants;
const bits = fc
  .tuple(
    fc.constantFrom(O_RDONLY, O_WRONLY, O_RDWR),
    fc.subarray([O_CREAT, O_EXCL, O_APPEND, O_NOFOLLOW]),
    fc.constantFrom(0, 0, 0, O_DIRECTORY),
  )
  // a folder only and a new file at once has no meaning, and cutting needs the right to write
  .map(([access, others, folder]) => access | (others.includes(O_CREAT) ? 0 : folder) | others.reduce((sum, bit) => sum | bit, 0))
  .chain((each) => fc.constantFrom(each, (each & 3) === O_RDONLY ? each : each | O_TRUNC));

const rooted = (relative: string, folder: string) => `${folder}/${relative}`;

function onPath(operation: string, run: (files: FileSystem, at: string) => Promise<unknown>): fc.Arbitrary<FileOperation> {
  return path.map((at) => ({ name: `${operation} ${at}`, run: (files, folder) => run(files, rooted(at, folder)) }));
}

function withValue<Value>(
  operation: string,
  values: fc.Arbitrary<Value>,
  run: (files: FileSystem, at: string, value: Value) => Promise<unknown>,
): fc.Arbitrary<FileOperation> {
  return fc.tuple(path, values).map(([at, value]) => ({
    name: `${operation} ${at} ${JSON.stringify(value)}`,
    run: (files, folder) => run(files, rooted(at, folder), value),
  }));
}

function onTwo(operation: string, run: (files: FileSystem, from: string, to: string) => Promise<unknown>): fc.Arbitrary<FileOperation> {
  return fc.tuple(path, path).map(([from, to]) => ({
    name: `${operation} ${from} ${to}`,
    run: (files, folder) => run(files, rooted(from, folder), rooted(to, folder)),
  }));
}

const facts = async (files: FileSystem, at: string, follow: boolean) => {
  const stats = await (follow ? files.stat(at) : files.lstat(at));
  const { mode: bitsOfMode, uid, gid, size, nlink } = stats;
  return { mode: bitsOfMode, uid, gid, ...(stats.isDirectory() ? {} : { size, nlink }) };
};

/** Opens a file, performs operations that depend on positions and sizes, and closes it. */
async function useHandle(
  files: FileSystem,
  at: string,
  options: { readonly flags: number; readonly mode: number; readonly text: string; readonly length: number },
): Promise<unknown> {
  const handle = await files.open(at, options.flags, options.mode);
  const seen: unknown[] = [];
  const step = async (body: () => Promise<unknown>) => seen.push(await body().catch((thrown: NodeJS.ErrnoException) => thrown.code));
  await step(async () => (await handle.read(Buffer.alloc(3), 0, 3, null)).bytesRead);
  await step(async () => (await handle.write(options.text)).bytesWritten);
  await step(async () => (await handle.write("at", 1)).bytesWritten);
  await step(() => handle.truncate(options.length));
  await step(() => handle.readFile("utf8"));
  await step(() => handle.writeFile("end"));
  await step(() => handle.chmod(options.mode | 0o600));
  await step(async () => (await handle.stat()).isDirectory() || (await handle.stat()).size);
  await handle.close();
  return seen;
}

/**
 * Any call of the port, mostly with paths that exist in a small tree. `ids` are possible new users and groups. Without
 * access to all files, Node's rm works in an unpredictable order, continues after it has reported a failure, and treats an entry that it
 * may not remove as a folder.
 */
export function fileOperation(ids: readonly number[], hasRights: boolean): fc.Arbitrary<FileOperation> {
  const owners = fc.tuple(fc.constantFrom(-1, ...ids), fc.constantFrom(-1, ...ids));
  return fc.oneof(
    withValue("writeFile", fc.record({ content, flag: flags, mode }), (files, at, value) =>
      files.writeFile(at, value.content, { flag: value.flag, mode: value.mode }),
    ),
    withValue("appendFile", content, (files, at, value) => files.appendFile(at, value)),
    onPath("readFile", (files, at) => files.readFile(at, "utf8")),
    withValue("open", fc.record({ flags: bits, mode, text: content, length: fc.nat(20) }), useHandle),
    withValue("mkdir", fc.record({ mode, recursive: fc.boolean() }), (files, at, value) => files.mkdir(at, value)),
    onPath("rmdir", (files, at) => files.rmdir(at)),
    onPath("unlink", (files, at) => files.unlink(at)),
    ...(hasRights
      ? [withValue("rm", fc.record({ recursive: fc.boolean(), force: fc.boolean() }), (files, at, value) => files.rm(at, value))]
      : []),
    onTwo("rename", (files, from, to) => files.rename(from, to)),
    onTwo("link", (files, from, to) => files.link(from, to)),
    ...(COPY_FILE_KEEPS_OWNER
      ? []
      : [
          onTwo("copyFile", (files, from, to) => files.copyFile(from, to)),
          onTwo("copyFile excl", (files, from, to) => files.copyFile(from, to, constants.COPYFILE_EXCL)),
        ]),
    withValue("symlink", target, (files, at, value) => files.symlink(value, at)),
    onPath("readlink", (files, at) => files.readlink(at)),
    onPath("stat", (files, at) => facts(files, at, true)),
    onPath("lstat", (files, at) => facts(files, at, false)),
    onPath("readdir", async (files, at) => (await files.readdir(at)).sort()),
    onPath("readdir types", async (files, at) =>
      (await files.readdir(at, { withFileTypes: true })).map((entry) => [entry.name, entry.isDirectory(), entry.isSymbolicLink()]).sort(),
    ),
    onPath("realpath", (files, at) => files.realpath(at)),
    // access(2) checks the real user id, which is privileged while a test runs as an unprivileged user
    ...(hasRights ? [withValue("access", fc.nat(7), (files, at, value) => files.access(at, value))] : []),
    withValue("chmod", mode, (files, at, value) => files.chmod(at, value)),
    withValue("chown", owners, (files, at, [uid, gid]) => files.chown(at, uid, gid)),
    withValue("lchown", owners, (files, at, [uid, gid]) => files.lchown(at, uid, gid)),
    withValue("utimes", fc.nat(1_000_000), async (files, at, value) => {
      await files.utimes(at, value, value + 1);
      return (await files.stat(at)).mtimeMs;
    }),
  );
}

/** The content of the folder, as seen through the given files. */
export async function describeTree(files: FileSystem, folder: string, prefix = ""): Promise<string[]> {
  const lines: string[] = [];
  for (const each of (await files.readdir(join(folder, prefix))).sort()) {
    const at = join(prefix, each);
    const stats = await files.lstat(join(folder, at));
    const owner = `${(stats.mode & 0o7777).toString(8)} ${stats.uid}:${stats.gid}`;
    if (stats.isDirectory()) lines.push(`${at} folder ${owner}`, ...(await describeTree(files, folder, at)));
    else if (stats.isSymbolicLink()) lines.push(`${at} link ${stats.uid}:${stats.gid} ${await files.readlink(join(folder, at))}`);
    else lines.push(`${at} file ${owner} ${stats.nlink} ${stats.size} ${JSON.stringify(await files.readFile(join(folder, at), "utf8"))}`);
  }
  return lines;
}
