/** What nginx is built with, and what follows for its configuration. */
import { afterEach, describe, expect, it } from "vitest";
import { learnDirectives } from "../../server/src/facts/nginx";
import { buildFrom, buildOf, isBroughtBy } from "../../server/src/facts/nginx-build";
import { settingsFrom } from "../../server/src/lsp/settings";
import { RULES } from "../../server/src/rules/index";
import { stackOf } from "../../server/src/stack/stack";
import { targetFrom } from "../../server/src/workspace/target";
import { Workspace } from "../../server/src/workspace/workspace";

const DEBIAN = { system: { distro: "debian-12", nginxVersion: "1.22.1" } };

function errors(text: string, facts: unknown = {}, name = "nginx.conf"): readonly string[] {
  const workspace = new Workspace(["file:///w"]);
  workspace.target = targetFrom(facts);
  const document = workspace.set(`file:///w/${name}`, text);
  return RULES.filter((rule) => rule.id.startsWith("nginx-")).flatMap((rule) =>
    Array.from(
      rule.check(document, { workspace, stack: stackOf(workspace) }),
      (finding) => `${document.lines.line(finding.span.start) + 1} ${rule.id}: ${finding.message}`,
    ),
  );
}

afterEach(() => learnDirectives());

describe("a build", () => {
  it("is read from what nginx -V prints", () => {
    const build = buildFrom([
      "nginx version: nginx/1.22.1 configure arguments: --with-http_ssl_module --with-stream=dynamic --with-http_geoip_module=dynamic",
      "--without-http_gzip_module --add-module=/build/headers-more-nginx-module-0.34 --with-stream_ssl_module",
    ]);
    expect(build("ngx_http_ssl_module")).toBe("built in");
    expect(build("ngx_http_rewrite_module")).toBe("built in");
    expect(build("ngx_http_v2_module")).toBe("absent");
    expect(build("ngx_http_gzip_filter_module")).toBe("absent");
    expect(build("ngx_http_geoip_module")).toBe("loadable");
    expect(build("ngx_stream_core_module")).toBe("loadable");
    expect(build("ngx_stream_ssl_module")).toBe("loadable");
    expect(build("ngx_stream_ssl_preread_module")).toBe("absent");
    expect(build("headers-more")).toBe("built in");
    expect(build("lua")).toBe("loadable");
  });

  it("may be a list of names", () => {
    const build = buildFrom(["stream", "ngx_http_v2_module", "brotli"]);
    expect(["ngx_stream_module", "ngx_stream_map_module", "ngx_http_v2_module", "brotli"].map(build)).toEqual(
      Array.from({ length: 4 }, () => "built in"),
    );
    expect(build("ngx_http_ssl_module")).toBe("absent");
  });

  it("is known of a distribution only together with its release", () => {
    expect(buildOf("debian-12", undefined)).toBeUndefined();
    expect(buildOf("debian-12", "1.26.0")).toBeUndefined();
    expect(buildOf("debian-12", "1.22.1")?.("ngx_stream_module")).toBe("loadable");
  });

  it("grows by the files of load_module", () => {
    expect(isBroughtBy("modules/ngx_stream_module.so", "ngx_stream_map_module")).toBe(true);
    expect(isBroughtBy("modules/ngx_stream_module.so", "ngx_stream_geoip_module")).toBe(false);
    expect(isBroughtBy("/usr/lib/nginx/modules/ngx_http_headers_more_filter_module.so", "headers-more")).toBe(true);
    expect(isBroughtBy("modules/ngx_http_image_filter_module.so", "ngx_http_image_filter_module")).toBe(true);
    expect(isBroughtBy("modules/ngx_http_lua_module.so", "headers-more")).toBe(false);
  });
});

describe("a directive of a module", () => {
  const stream = "events {}\nstream {\n  server { listen 1; proxy_pass 127.0.0.1:2; }\n}\n";
  const more = "events {}\nhttp {\n  more_set_headers 'Server: x';\n  server { listen 80; }\n}\n";

  it("is let be while nothing is known of the program", () => {
    expect(errors(stream)).toEqual([]);
    expect(errors(more, { system: { nginxVersion: "1.22.1" } })).toEqual([]);
  });

  it("is refused where the program has it not", () => {
    expect(errors(stream, DEBIAN)).toMatchObject([expect.stringMatching(/^2 nginx-unknown-directive: "stream" needs the module/)]);
    expect(errors(more, DEBIAN)).toMatchObject([expect.stringMatching(/^3 nginx-unknown-directive: .*headers-more/)]);
    expect(errors(more, { system: { nginx: { modules: "--with-http_ssl_module" } } })).toHaveLength(1);
    expect(errors("events {}\nhttp {\n  lua_foo on;\n}\n", DEBIAN)).toHaveLength(1);
  });

  it("is let be where load_module brings it, or may", () => {
    expect(errors(`load_module modules/ngx_stream_module.so;\n${stream}`, DEBIAN)).toEqual([]);
    expect(errors(`include /etc/nginx/modules-enabled/*.conf;\n${stream}`, DEBIAN)).toEqual([]);
    expect(errors(`load_module modules/ngx_http_headers_more_filter_module.so;\n${more}`, DEBIAN)).toEqual([]);
    expect(errors("server {\n  listen 80;\n  more_set_headers 'Server: x';\n}\n", DEBIAN, "site.conf")).toEqual([]);
    expect(errors(more, { nginx: { modules: ["headers-more"] } })).toEqual([]);
  });

  it("that nobody knows may come from a module that nobody knows", () => {
    const text = "events {}\nhttp {\n  zebra_stripes on;\n}\n";
    expect(errors(text)).toHaveLength(1);
    expect(errors(`load_module modules/ngx_http_zebra_module.so;\n${text}`)).toEqual([]);
    expect(errors("load_module modules/ngx_http_zebra_module.so;\nevents {}\nhttp {\n  keepalive_timout 5;\n}\n")).toHaveLength(1);
  });

  it("may be named by the user", () => {
    const text = "events {}\nhttp {\n  zebra_stripes on off;\n}\n";
    const { target } = settingsFrom({ nginx: { directives: ["zebra_stripes http,server flag"], modules: ["--with-http_ssl_module"] } });
    expect(target).toMatchObject({ nginxDirectives: ["zebra_stripes http,server flag"], nginxModules: ["--with-http_ssl_module"] });
    expect(errors(text, { nginx: { directives: ["zebra_stripes http,server 2"] } })).toEqual([]);
    expect(errors(text, { system: { nginx: { directives: ["zebra_stripes http,server 1"] } } })).toMatchObject([
      expect.stringContaining("nginx-arguments"),
    ]);
  });

  it("is not there yet when load_module comes too late", () => {
    expect(errors("events {}\nload_module modules/ngx_stream_module.so;\n")).toMatchObject([
      expect.stringMatching(/^2 nginx-context: "load_module" comes too late/),
    ]);
  });
});
