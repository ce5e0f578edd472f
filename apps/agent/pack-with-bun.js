// Run by bun, with the target, the file and the version: packs the agent. Unlike the command `bun build`, this call takes plugins.
// Prints the bundler's metafile, which says what is in the executable.
import { compiledChecks } from "@imagewright/compiled-checks";

const [target, outfile, version] = process.argv.slice(2);
const { metafile } = await globalThis.Bun.build({
  entrypoints: ["src/main.ts"],
  // else the executable would read .env and run preload scripts of bunfig.toml in whatever folder it is started
  compile: { target: `bun-${target}`, outfile, autoloadDotenv: false, autoloadBunfig: false },
  ...{ splitting: true, minify: true, bytecode: true, format: "esm", metafile: true },
  define: { AGENT_VERSION: JSON.stringify(version) },
  plugins: [compiledChecks],
});
process.stdout.write(JSON.stringify(metafile));
