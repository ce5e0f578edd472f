import { DiagnosticCollector, quote, type Diagnostic, type SourceFile } from "@imagewright/diagnostics";
import type { ContainerSettings } from "../recipe.js";
import { instructionsOf, type Instruction } from "./instructions.js";
import { commandOf, pairsOf } from "./words.js";

type Settings = { -readonly [Key in keyof ContainerSettings]: ContainerSettings[Key] };

export interface ReadDockerfile {
  /** What the template says that recipes say below "container". */
  readonly settings: ContainerSettings;
  readonly diagnostics: readonly Diagnostic[];
  /** The placeholders of the service that it has, in their order: `parentImage`. Those in comments do not count. */
  readonly placeholders: readonly string[];
}

// the guide has some of them with four braces
const PLACEHOLDER = /^\{\{\{\s*imagebuilder:(parentImage|environments|components)\s*\}\}\}\}?$/;

/**
 * Reads the Dockerfile template of a container recipe: the placeholders of the service change nothing, settings of the container are taken,
 * and anything else is an error that says where it belongs. Source: chapter 27.
 */
export function readDockerfile(source: SourceFile): ReadDockerfile {
  const found = new DiagnosticCollector();
  const settings: Settings = {};
  const instructions = instructionsOf(source);
  const placeholders = instructions.flatMap(({ name, argument }) =>
    name === "" || name === "FROM" ? (PLACEHOLDER.exec(argument)?.[1] ?? []) : [],
  );
  const components = instructions.findIndex(({ argument }) => PLACEHOLDER.exec(argument)?.[1] === "components");
  for (const [index, instruction] of instructions.entries()) {
    if (instruction.name === "" && PLACEHOLDER.test(instruction.argument)) continue;
    const problem = problemOf(instruction, settings, index < components);
    if (problem !== undefined) found.error("dockerfile-line", instruction.span, problem.message, { help: problem.help });
  }
  return { settings, diagnostics: found.diagnostics, placeholders };
}

interface Problem {
  readonly message: string;
  readonly help: string;
}

/** Takes the instruction over into the settings, or says why not. */
function problemOf(instruction: Instruction, settings: Settings, beforeComponents: boolean): Problem | undefined {
  const { name, argument } = instruction;
  if (name === "FROM" && PLACEHOLDER.exec(argument)?.[1] === "parentImage") return undefined;
  const belongs = ELSEWHERE[name];
  if (belongs !== undefined) return { message: `a build does not run ${name} of a Dockerfile template`, help: belongs };
  if (!Object.hasOwn(TAKEN, name))
    return { message: `${name === "" ? quote(argument) : name} has no counterpart in a recipe`, help: "leave it out" };
  if (beforeComponents && ["ENV", "USER", "WORKDIR"].includes(name))
    return {
      message: `${name} stands before the components, which would see it; here it counts for containers from the image only`,
      help: `write it behind {{{ imagebuilder:components }}}${name === "WORKDIR" ? ', or as "workingDirectory" of the recipe for the components' : ""}`,
    };
  if (/(?<!\\)\$/.test(argument) && name !== "CMD" && name !== "ENTRYPOINT")
    return { message: `${name} refers to a variable, whose value is known only to Docker`, help: "write the value itself" };
  return TAKEN[name]?.(argument, settings) === false ? notRead(name, argument) : undefined;
}

function notRead(name: string, argument: string): Problem {
  return { message: `${name} ${quote(argument)} cannot be read`, help: HELP[name] ?? "see the reference of Dockerfiles" };
}

const STEP_HELP = "as a step of a component document";
/** What a recipe says in another place. */
const ELSEWHERE: Readonly<Record<string, string>> = {
  FROM: 'write the image as "parentImage" of the recipe, and FROM {{{ imagebuilder:parentImage }}}',
  RUN: `write it ${STEP_HELP}, with ExecuteBash`,
  COPY: `write it ${STEP_HELP}, with S3Download, WebDownload or CreateFile`,
  ADD: `write it ${STEP_HELP}, with S3Download, WebDownload or CreateFile`,
};

/** Adds the argument to the settings; returns whether it could be read. */
type Take = (argument: string, settings: Settings) => boolean;

/** What recipes say below "container". */
const TAKEN: Readonly<Record<string, Take>> = {
  ENV: (argument, settings) => {
    const pairs = pairsOf(argument);
    settings.environment = { ...settings.environment, ...pairs };
    return pairs !== undefined;
  },
  LABEL: (argument, settings) => {
    const pairs = pairsOf(argument);
    settings.labels = { ...settings.labels, ...pairs };
    return pairs !== undefined;
  },
  USER: (argument, settings) => {
    settings.user = argument;
    return argument !== "";
  },
  WORKDIR: (argument, settings) => {
    settings.workingDirectory = argument;
    return argument.startsWith("/");
  },
  ENTRYPOINT: (argument, settings) => {
    const command = commandOf(argument);
    if (command !== undefined) settings.entrypoint = command;
    return command !== undefined;
  },
  CMD: (argument, settings) => {
    const command = commandOf(argument);
    if (command !== undefined) settings.command = command;
    return command !== undefined;
  },
  EXPOSE: (argument, settings) => {
    const ports = argument.split(/\s+/).map((port) => (/^\d{1,5}(\/tcp)?$/i.test(port) ? Number.parseInt(port, 10) : 0));
    settings.exposedPorts = [...(settings.exposedPorts ?? []), ...ports];
    return ports.every((port) => port > 0 && port < 65536);
  },
};

const HELP: Readonly<Record<string, string>> = {
  ENV: "write ENV NAME=VALUE, with quotes around a value that has blanks",
  LABEL: "write LABEL NAME=VALUE, with quotes around a value that has blanks",
  USER: "write USER NAME",
  WORKDIR: "write an absolute path",
  ENTRYPOINT: 'write a list such as ["nginx", "-g", "daemon off;"], or a command of the shell',
  CMD: 'write a list such as ["nginx", "-g", "daemon off;"], or a command of the shell',
  EXPOSE: "write numbers of TCP ports from 1 to 65535",
};
