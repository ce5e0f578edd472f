import { describe, expect, test } from "@jest/globals";
import type { TestBench } from "./test-bench.js";

const FACTS = "stat -c '%n %a %u %g' / /bin /etc /etc/passwd /tmp /var/tmp /dev /opt/thing /opt/thing/file 2>&1";

export function describeCreatedImages(bench: TestBench): void {
  describe("created images", () => {
    test("an image holds what jobs have changed, and nothing of their folders or of the tools", async () => {
      await bench.withImage("echo changed > /changed; rm /etc/group", async (machine) => {
        const { stdout } = await bench.sh(machine, `cat /changed; ls /etc/group 2> /dev/null; ls ${machine.jobsFolder} | wc -l`);
        expect(stdout.replaceAll(" ", "")).toBe("changed\n1\n");
        expect((await bench.sh(machine, `ls -A ${machine.toolsFolder} 2> /dev/null || :`)).stdout).toBe("");
      });
    });

    test("folders and files of the image keep their owners and modes when jobs work in them", async () => {
      const made =
        "mkdir -p /opt/thing; echo x > /opt/thing/file; chown -R 12:34 /opt/thing; chmod 1751 /opt/thing; chmod 640 /opt/thing/file";
      await bench.withImage(`${made}; ${FACTS} > /before`, async (machine, image) => {
        await bench.sh(machine, "echo > /tmp/made", { workingDirectory: "/opt/thing", files: { "opt/thing/file": { text: "" } } });
        const { stdout } = await bench.sh(machine, `${FACTS} > /after; cmp /before /after && cat /after`);
        expect(stdout).toContain("/opt/thing 1751 12 34\n/opt/thing/file 640 12 34\n");
        const next = await bench.host.createImage(machine, bench.given.output, bench.request());
        try {
          expect(next.id).not.toBe(image.id);
          await bench.withMachineOf(bench.given.specFrom(next), (last) => bench.sh(last, `${FACTS} > /again; cmp /before /again`));
        } finally {
          await bench.given.removeImage(next);
        }
      });
    });

    test("an image is made once with a token", () =>
      bench.withMachine(async (machine) => {
        const request = bench.request();
        const image = await bench.host.createImage(machine, bench.given.output, request);
        try {
          expect(await bench.host.createImage(machine, bench.given.output, request)).toEqual(image);
        } finally {
          await bench.given.removeImage(image);
        }
      }));
  });
}
