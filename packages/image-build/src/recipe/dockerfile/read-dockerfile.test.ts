import { describe, expect, test } from "@jest/globals";
import { formatLocation, SourceFile } from "@imagewright/diagnostics";
import { readDockerfile } from "./read-dockerfile.js";

const START = "FROM {{{ imagebuilder:parentImage }}}\n{{{ imagebuilder:environments }}}\n{{{ imagebuilder:components }}}\n";

function read(text: string) {
  const { settings, diagnostics } = readDockerfile(new SourceFile("D", text));
  return { settings, shown: diagnostics.map(({ span, message, help }) => `${formatLocation(span)} ${message}; ${help}`) };
}

test.each([
  START,
  START.replaceAll("}}}\n", "}}}}\n").replaceAll("{{{ ", "{{{"),
  `# syntax=docker/dockerfile:1\n\n${START}`.replaceAll("\n", "\r\n"),
])("the placeholders of the service change nothing: %j", (text) => {
  expect(read(text)).toEqual({ settings: {}, shown: [] });
});

describe("what recipes say below container is taken", () => {
  test.each([
    ['ENV A=1 B="x y" C=it\\ is\nENV D one two', { environment: { A: "1", B: "x y", C: "it is", D: "one two" } }],
    ["env A=\\$x", { environment: { A: "$x" } }],
    ["LABEL a.b=\"c=d\" \\\n  # a comment\n  e='f g'", { labels: { "a.b": "c=d", e: "f g" } }],
    ["USER www-data", { user: "www-data" }],
    ["WORKDIR /srv", { workingDirectory: "/srv" }],
    ['ENTRYPOINT ["a", "b"]\nCMD echo $HOME', { entrypoint: ["a", "b"], command: ["/bin/sh", "-c", "echo $HOME"] }],
    ["EXPOSE 80 443/tcp\nEXPOSE 8080", { exposedPorts: [80, 443, 8080] }],
  ])("%j", (text, settings) => {
    expect(read(`${START}${text}\n`)).toEqual({ settings, shown: [] });
  });
});

describe("other lines are refused one by one", () => {
  test.each([
    [
      "RUN apt-get update && \\\n  apt-get install -y jq\nUSER x",
      ["D:4:1 a build does not run RUN of a Dockerfile template; write it as a step of a component document, with ExecuteBash"],
    ],
    [
      "RUN <<EOF\nUSER y\nEOF\nUSER x",
      ["D:4:1 a build does not run RUN of a Dockerfile template; write it as a step of a component document, with ExecuteBash"],
    ],
    [
      "  COPY a b",
      [
        "D:4:3 a build does not run COPY of a Dockerfile template; write it as a step of a component document, with S3Download, WebDownload or CreateFile",
      ],
    ],
    ["HEALTHCHECK NONE", ["D:4:1 HEALTHCHECK has no counterpart in a recipe; leave it out"]],
    ["{{{ imagebuilder:other }}}", ['D:4:1 "{{{ imagebuilder:other }}}" has no counterpart in a recipe; leave it out']],
    ["EXPOSE 53/udp", ['D:4:1 EXPOSE "53/udp" cannot be read; write numbers of TCP ports from 1 to 65535']],
    ["WORKDIR srv", ['D:4:1 WORKDIR "srv" cannot be read; write an absolute path']],
    ["ENV PATH=/x:$PATH", ["D:4:1 ENV refers to a variable, whose value is known only to Docker; write the value itself"]],
    ['ENV A="x', ['D:4:1 ENV "A=\\"x" cannot be read; write ENV NAME=VALUE, with quotes around a value that has blanks']],
    ["CMD [a]", ['D:4:1 CMD "[a]" cannot be read; write a list such as ["nginx", "-g", "daemon off;"], or a command of the shell']],
    [
      "FROM scratch",
      [
        'D:4:1 a build does not run FROM of a Dockerfile template; write the image as "parentImage" of the recipe, and FROM {{{ imagebuilder:parentImage }}}',
      ],
    ],
  ])("%j", (text, shown) => {
    expect(read(`${START}${text}`).shown).toEqual(shown);
  });

  test("what the components would see", () => {
    const text = START.replace("{{{ imagebuilder:comp", "ENV A=1\nWORKDIR /a\nLABEL b=c\n{{{ imagebuilder:comp");
    expect(read(text)).toEqual({
      settings: { labels: { b: "c" } },
      shown: [
        "D:3:1 ENV stands before the components, which would see it; here it counts for containers from the image only; write it behind {{{ imagebuilder:components }}}",
        'D:4:1 WORKDIR stands before the components, which would see it; here it counts for containers from the image only; write it behind {{{ imagebuilder:components }}}, or as "workingDirectory" of the recipe for the components',
      ],
    });
  });
});
