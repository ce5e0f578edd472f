/** The part of Bun's interface to libraries that is used here; see https://bun.com/docs/runtime/ffi. */
interface Ffi {
  dlopen(library: string, symbols: Readonly<Record<string, object>>): { readonly symbols: { ExitProcess(code: number): void } };
}

const FFI: string = "bun:ffi";
const LARGEST_OF_BUN = 255;

/** Sets the exit code with which this process ends; one that Bun would cut to eight bits, as Windows has them, ends it at once. */
export async function exitWith(code: number, flush: (flushed: () => void) => void): Promise<void> {
  process.exitCode = code;
  if (code <= LARGEST_OF_BUN || process.versions["bun"] === undefined) return;
  await new Promise<void>((resolve) => flush(resolve));
  const { dlopen } = (await import(FFI)) as Ffi;
  dlopen("kernel32.dll", { ExitProcess: { args: ["u32"], returns: "void" } }).symbols.ExitProcess(code);
}
