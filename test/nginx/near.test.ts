// In a large configuration an edit lets only what matters to a file be read again: it says there what reading all of it says.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { diagnose } from "../../server/src/ide/diagnose";
import { stackOf } from "../../server/src/stack/stack";
import { Workspace } from "../../server/src/workspace/workspace";
import { RUNS } from "../fuzz/runs";

const ROOT = "file:///w";
const FILES = 70;

const few = (...texts: readonly string[]) => fc.constantFrom(...texts);
const place = fc.nat(12);
const site = fc
  .record({
    port: few("80", "443", "8080"),
    more: few("", "", " ssl", " default_server", " reuseport"),
    tls: few("", "ssl_certificate /x.pem;", "ssl_certificate /x.pem; ssl_certificate_key /x.key;", "ssl_reject_handshake on;"),
    format: few("main", "other", "combined"),
    name: place,
    upstream: place,
    zone: fc.nat(4),
    variable: place,
  })
  .map(
    ({ port, more, tls, format, name, upstream, zone, variable }) =>
      `server {\n  listen ${port}${more};\n  server_name a${name}.example.com;\n  ${tls}\n  access_log /x ${format};\n  location / { uwsgi_pass up${upstream}; include uwsgi_params; limit_req zone=z${zone}; }\n  location /b { return 200 $v${variable}$hst; }\n}\n`,
  );
const piece = fc.oneof(
  { weight: 8, arbitrary: site },
  { weight: 2, arbitrary: place.map((name) => `upstream up${name} { server unix:/run/a.sock; }\n`) },
  { weight: 2, arbitrary: place.map((name) => `map $host $v${name} { default 1; }\n`) },
  { weight: 1, arbitrary: fc.nat(4).map((name) => `limit_req_zone $binary_remote_addr zone=z${name}:10m rate=1r/s;\n`) },
  { weight: 1, arbitrary: few("main", "other").map((name) => `log_format ${name} '$remote_addr $v1';\n`) },
  {
    weight: 1,
    arbitrary: few(
      "gzip on;\n",
      "include conf.d/more.inc;\n",
      "brotli on;\n",
      "server_names_hash_bucket_size 32;\n",
      "ssl_certificate /a.pem;\n",
      "include nowhere.conf;\n",
    ),
  },
);
const edit = fc.record({ file: fc.nat(FILES - 1), with: fc.oneof(piece, fc.constant("")), keep: fc.boolean() });

function findings(workspace: Workspace): readonly string[] {
  const context = { workspace, stack: stackOf(workspace) };
  return [...workspace.of("nginx")].flatMap((document) =>
    diagnose(document, context).map(
      (one) => `${one.uri} ${one.code} ${one.span.start} ${one.severity} ${one.message} ${JSON.stringify([one.related, one.fixes])}`,
    ),
  );
}

describe("a configuration of many files", () => {
  test("says after edits what it says when all is read", () => {
    fc.assert(
      fc.property(
        fc.array(piece, { minLength: FILES, maxLength: FILES }),
        fc.array(edit, { minLength: 1, maxLength: 3 }),
        (pieces, edits) => {
          const workspace = new Workspace([ROOT]);
          const at = (index: number) => `${ROOT}/etc/nginx/conf.d/s${index}.conf`;
          workspace.set(`${ROOT}/etc/nginx/nginx.conf`, "user www-data;\nevents {\n}\nhttp {\n  include /etc/nginx/conf.d/*.conf;\n}\n");
          workspace.set(`${ROOT}/etc/nginx/uwsgi_params`, "uwsgi_param QUERY_STRING $query_string;\nuwsgi_param A $v1;\n");
          workspace.set(`${ROOT}/etc/nginx/conf.d/more.inc`, "set $v7 1;\nproxy_read_timeout 5s;\n");
          for (const [index, text] of pieces.entries()) workspace.set(at(index), text, { language: "nginx" });
          findings(workspace);
          for (const { file, with: text, keep } of edits) {
            workspace.set(at(file), keep ? `${text}${workspace.get(at(file))?.text}` : text, { language: "nginx" });
            const fresh = new Workspace([ROOT]);
            for (const one of workspace.documents) fresh.set(one.uri, one.text, { language: one.language });
            expect(findings(workspace)).toEqual(findings(fresh));
          }
        },
      ),
      RUNS(15),
    );
  }, 600_000);
});
