import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { compareShortest, measure } from "./measure.mjs";

const ROOT = join(import.meta.dirname, "..", "..");
const IB = join(ROOT, "apps", "ib", "bin", "ib.js");

const ROUNDS = 5;

/**
 * `ib build` of the example with its base cached, compared with the same commands in a Containerfile under `buildah bud` on the same base,
 * with the isolation that `ib build` uses.
 */
export async function imageBuild(folder) {
  const what = "`ib build` of the example, its base cached, next to the same commands in a Containerfile under `buildah bud`";
  if (process.getuid?.() !== 0 || spawnSync("buildah", ["--version"]).status !== 0) return [{ what, detail: "it needs root and buildah" }];
  const environment = { ...process.env, IMAGEWRIGHT_HOME: join(folder, "home") };
  const build = () =>
    measure([process.execPath, IB, "build", join(ROOT, "examples", "web-server", "recipe.yaml"), "--engine", "buildah"], {
      env: environment,
      cwd: ROOT,
    });
  await build(); // makes the base if it is missing
  const base = spawnSync(
    process.execPath,
    [IB, "build", join(ROOT, "examples", "web-server", "recipe.yaml"), "--engine", "buildah", "--json"],
    { env: environment, cwd: ROOT, encoding: "utf8" },
  );
  const { parentImage } = JSON.parse(base.stdout);
  const containerfile = join(folder, "Containerfile");
  writeFileSync(containerfile, containerfileFor(parentImage.image));
  const isolation = isolationFlags(environment);
  const bud = () =>
    measure([
      "buildah",
      "bud",
      ...isolation,
      "--pull-never",
      "--no-cache",
      "-t",
      "localhost/imagewright-bench",
      "-f",
      containerfile,
      folder,
    ]);
  try {
    const { ratio, ours, theirs, medians } = await compareShortest(ROUNDS, build, bud);
    return [
      {
        what,
        value: ratio,
        unit: " times",
        limit: 1.15,
        detail:
          `${ours.toFixed(1)} s with clean-up, OCI layout and a test in a second container, and ${theirs.toFixed(1)} s without: ` +
          `the shortest of ${ROUNDS} rounds of each in turns; their medians: ${medians.toFixed(2)} times`,
      },
    ];
  } finally {
    spawnSync("buildah", ["rmi", "-f", "localhost/imagewright-bench"]);
  }
}

/** The isolation of builds here, as `ib doctor` reports it. */
function isolationFlags(environment) {
  const doctor = spawnSync(process.execPath, [IB, "doctor", "--engine", "buildah", "--json"], { env: environment, encoding: "utf8" });
  const { kind, runtime } = JSON.parse(doctor.stdout).engines[0].isolation;
  return kind === "oci" ? ["--isolation", "oci", "--runtime", runtime, "--network", "host"] : ["--isolation", "chroot"];
}

/** The example's components as one would write them for a container engine. */
function containerfileFor(base) {
  return `FROM ${base}
ENV DEBIAN_FRONTEND=noninteractive
RUN apt-get update && apt-get install -y --no-install-recommends nginx-light curl && apt-get clean && rm -rf /var/lib/apt/lists/*
RUN mkdir -p /srv/www && printf '<!doctype html>\\n<title>%s</title>\\n<h1>%s</h1>\\n' 'Hello from Imagewright' 'Hello from Imagewright' > /srv/www/index.html && chgrp www-data /srv/www/index.html && chmod 0640 /srv/www/index.html
RUN printf 'server {\\n  listen 8080 default_server;\\n  root /srv/www;\\n  server_tokens off;\\n}\\n' > /etc/nginx/sites-available/default
RUN nginx -t && grep -q '<h1>Hello from Imagewright</h1>' /srv/www/index.html
RUN mkdir -m 0750 /etc/hardening && mkdir -p /etc/sysctl.d && echo 'Authorized use only.' > /etc/hardening/issue && printf 'kernel.kptr_restrict = 2\\nnet.ipv4.conf.all.rp_filter = 1\\n' > /etc/sysctl.d/60-hardening.conf
RUN cp /etc/hardening/issue /etc/issue && cp /etc/hardening/issue /etc/issue.net && echo 'ulimit -c 0' >> /etc/profile && chmod 0444 /etc/hardening/issue && chmod 0600 /etc/sysctl.d/60-hardening.conf && rm -f /var/www/html/*
RUN test -f /etc/issue.net && cmp /etc/hardening/issue /etc/issue.net && test "$(stat -c %a /etc/hardening)" = 750
RUN sed 's/listen 8080 default_server/listen 127.0.0.1:18999/' /etc/nginx/sites-available/default > /tmp/test-site && sed 's#/etc/nginx/sites-enabled/\\*#/tmp/test-site#' /etc/nginx/nginx.conf > /tmp/test-nginx.conf && nginx -c /tmp/test-nginx.conf && curl --fail --silent --retry 5 --retry-connrefused http://127.0.0.1:18999/ | grep -q '<h1>Hello from Imagewright</h1>'; code=$?; nginx -c /tmp/test-nginx.conf -s stop; exit $code
CMD ["nginx", "-g", "daemon off;"]
EXPOSE 8080
`;
}
