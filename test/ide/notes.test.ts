// The texts about options and words: every file is in the bundle, and has the shape its readers expect.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { allDirectives, isOwnModule } from "../../server/src/facts/nginx";
import { loadNginxDocs } from "../../server/src/facts/nginx-docs";
import { loadNotes } from "../../server/src/facts/notes";
import { optionOf } from "../../server/src/facts/uwsgi";

const folder = join(import.meta.dirname, "../../server/data/notes");

test("every file of texts is loaded: npm run generate", async () => {
  const { options } = await loadNotes();
  for (const file of readdirSync(folder).filter((one) => one.endsWith(".json")))
    for (const name of Object.keys(JSON.parse(readFileSync(join(folder, file), "utf8"))))
      expect(options.has(name), `${file}: ${name}`).toBe(true);
});

test("every text is about an option, and of the right shape", async () => {
  const { options, language } = await loadNotes();
  for (const [name, note] of options) {
    expect(optionOf(name), name).toBeDefined();
    expect(typeof note.summary, name).toBe("string");
    expect(note.summary, name).not.toBe("");
    for (const list of [note.requires, note.implies, note.conflicts, note.related])
      expect(list?.every((one) => typeof one === "string") ?? true, name).toBe(true);
    if (note.values) for (const one of note.values) expect([typeof one.value, typeof one.meaning], name).toEqual(["string", "string"]);
    if (note.default) expect([typeof note.default.value, typeof note.default.evidence], name).toEqual(["string", "string"]);
  }
  for (const family of Object.values(language)) expect(typeof family).toBe("object");
  for (const keys of Object.values(language.keyval)) for (const meaning of Object.values(keys)) expect(typeof meaning).toBe("string");
});

test("nginx's documentation is found for nearly every directive of its own", async () => {
  const docs = await loadNginxDocs();
  const own = [...allDirectives()].filter((fact) => isOwnModule(fact) && !fact.removed);
  const bare = own.filter((fact) => !docs.directive(fact));
  expect(bare.length).toBeLessThan(own.length * 0.06);
  expect(docs.directive({ name: "listen", module: "ngx_stream_core_module" })?.link).toBe(
    "https://nginx.org/en/docs/stream/ngx_stream_core_module.html#listen",
  );
  expect(docs.directive({ name: "add_header", module: "ngx_http_headers_filter_module" })?.link).toContain("ngx_http_headers_module");
  expect(docs.directive({ name: "worker_connections", module: "ngx_event_core_module" })?.link).toBe(
    "https://nginx.org/en/docs/ngx_core_module.html#worker_connections",
  );
  expect(docs.variable({ name: "http_", module: "ngx_http_core_module", kind: "http", prefix: true })).toContain("header");
});
