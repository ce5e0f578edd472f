import type { OciOutput } from "../port/image-output.js";

/**
 * The settings of a commit as lines of a Containerfile. Docker reads them as it reads a Dockerfile, with variables and escapes; podman
 * takes what is between the first and the last quote as it is.
 */
export function changesFor(
  { labels, command, entrypoint, exposedPorts, environment, workingDirectory, user }: Omit<OciOutput, "kind">,
  escape: (text: string) => string,
): string[] {
  return [
    ...Object.entries(labels ?? {}).map(([key, value]) => `LABEL ${key}="${escape(value)}"`),
    `ENTRYPOINT ${JSON.stringify(entrypoint ?? [])}`,
    `CMD ${JSON.stringify(command ?? [])}`,
    ...(exposedPorts ?? []).map((port) => `EXPOSE ${port}`),
    ...Object.entries(environment ?? {}).map(([key, value]) => `ENV ${key}="${escape(value)}"`),
    ...(workingDirectory === undefined ? [] : [`WORKDIR ${escape(workingDirectory)}`]),
    ...(user === undefined ? [] : [`USER ${escape(user)}`]),
  ];
}

/** For docker: quotes, backslashes and dollars stand for themselves after a backslash. */
export function escapeForDocker(text: string): string {
  return text.replace(/[\\"$]/g, "\\$&");
}
