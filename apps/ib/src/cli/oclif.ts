// The parts of oclif that commands use. All of it would be loaded by the package's own index, at each start.
export * as Args from "@oclif/core/args";
export { Command } from "@oclif/core/command";
export { CLIError } from "@oclif/core/errors";
export * as Flags from "@oclif/core/flags";
