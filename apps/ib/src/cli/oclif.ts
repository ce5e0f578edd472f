// The parts of oclif that commands use. All of it would be loaded by the package's own index, at each start.
export { Command } from "@oclif/core/command";
export * as Args from "./args.js";
export * as Flags from "@oclif/core/flags";
