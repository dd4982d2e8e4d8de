/** Asks the real nginx what it thinks of a configuration, without touching the machine: everything lies in a folder of its own. */
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildFrom, buildOf } from "../../../server/src/facts/nginx-build";

export type Answer = {
  readonly accepted: boolean;
  readonly message?: string /** One-based; absent where nginx names none. */;
  readonly line?: number;
};

/** What Debian's nginx is built with and without. */
export const DEBIAN = { release: "1.22.1", build: buildOf("debian-12", "1.22.1") ?? buildFrom([]) };

export const hasNginx = (): boolean => spawnSync("nginx", ["-v"]).status === 0;

export const versionOf = (): string | undefined =>
  /nginx\/([\d.]+)/.exec(spawnSync("nginx", ["-v"], { encoding: "utf8" }).stderr ?? "")?.[1];

export type Machine = { readonly folder: string; ask(text: string): Answer; remove(): void };

/** A folder with a certificate, an empty file, and room for logs and caches. */
export function makeMachine(): Machine {
  const folder = mkdtempSync(join(tmpdir(), "nginx-oracle-"));
  for (const name of ["logs", "cache", "conf"]) mkdirSync(join(folder, name));
  writeFileSync(join(folder, "empty"), "");
  const key = join(folder, "key.pem");
  const certificate = join(folder, "certificate.pem");
  spawnSync("openssl", [
    "req",
    "-x509",
    "-newkey",
    "ec",
    "-pkeyopt",
    "ec_paramgen_curve:prime256v1",
    "-nodes",
    "-days",
    "30",
    "-subj",
    "/CN=test",
    "-keyout",
    key,
    "-out",
    certificate,
  ]);
  const file = join(folder, "nginx.conf");
  return {
    folder,
    ask(text) {
      writeFileSync(file, text);
      const { stderr, status } = spawnSync("nginx", ["-t", "-q", "-p", folder, "-c", file, "-g", `pid ${join(folder, "pid")};`], {
        encoding: "utf8",
      });
      const emerg = stderr.split("\n").find((line) => line.includes("[emerg]"));
      if (status === 0) return { accepted: true };
      if (!emerg) return { accepted: false, message: "" };
      const [, message = emerg] = /\[emerg\] \d+#\d+: (.*)$/.exec(emerg) ?? [];
      const place = /^(.*) in \S*nginx\.conf:(\d+)$/.exec(message);
      return place ? { accepted: false, message: place[1] ?? "", line: Number(place[2]) } : { accepted: false, message };
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** What only this machine lacks: names it cannot resolve, addresses it does not have, files that are elsewhere. */
export const isOfTheMachine = (message: string): boolean =>
  /host not found|No such file or directory|Permission denied|getpwnam|getgrnam|bind\(\)|socket\(\)|Is a directory|cannot load certificate|Not a directory|mkdir\(\)|SSL_CTX|PEM_read|BIO_new|dlopen|malloc|Cannot allocate|unlink\(\)|File name too long|ioctl|setsockopt/.test(
    message,
  );
