// The catalogue of nginx against nginx's own documentation, in both directions.
import { getDirectives, getVariables } from "@nginx/reference-lib";
import { describe, expect, it } from "vitest";
import {
  allDirectives,
  directivesNamed,
  isInRelease,
  isOwnModule,
  learnDirectives,
  moduleOfPrefix,
  nginxReleases,
  nginxVariables,
  order,
} from "../../server/src/facts/nginx";

const documented = new Set(getDirectives().map((directive) => directive.name));
const own = [...allDirectives()].filter(isOwnModule);

/** Directives inside blocks of the commercial build and of nginx-acme, which are not looked into, and one that went in 1.1.8. */
const NOT_HERE =
  "uri account_key challenge common_name_in_csr contact external_account_key preferred_chain profile ssl_verify state_path accept_terms_of_service limit_zone issuer client_id client_secret config_url cookie_name extra_auth_args frontchannel_logout_uri pkce redirect_uri logout_uri post_logout_uri logout_token_hint scope session_store session_timeout userinfo stall_threshold enforce_initial_report proxy_username proxy_password usage_report".split(
    " ",
  );
/** In the sources, but not in the documentation: other systems, obsolete names, things for testing. */
const UNDOCUMENTED =
  "acceptex_read degradation degrade devpoll_changes devpoll_events epoll_events eventport_events gzip_hash gzip_no_buffer gzip_window http2_pool_size http2_streams_index_size iocp_threads kqueue_changes kqueue_events open_file_cache_events post_acceptex post_action postpone_gzipping proxy_downstream_buffer proxy_upstream_buffer spdy_chunk_size spdy_headers_comp spdy_keepalive_timeout spdy_max_concurrent_streams spdy_pool_size spdy_recv_buffer_size spdy_recv_timeout spdy_streams_index_size ssi_ignore_recycled_buffers uwsgi_string".split(
    " ",
  );

describe("directives", () => {
  it("are all that the documentation has", () => {
    expect([...documented].filter((name) => directivesNamed(name).length === 0 && moduleOfPrefix(name) === undefined).sort()).toEqual(
      [...NOT_HERE].sort(),
    );
  });

  it("are documented, but for a few", () => {
    expect([...new Set(own.map((directive) => directive.name))].filter((name) => !documented.has(name)).sort()).toEqual(
      [...UNDOCUMENTED].sort(),
    );
  });

  it("have a shape that the reader relies on", () => {
    expect(own.length).toBeGreaterThan(800);
    for (const directive of allDirectives()) {
      expect(directive.contexts.length, directive.name).toBeGreaterThan(0);
      expect("least" in directive.args ? directive.args.least >= 0 : directive.args.length > 0, directive.name).toBe(true);
      if (directive.kind === "enum" || directive.kind === "bitmask")
        expect(directive.values?.length ?? 0, directive.name).toBeGreaterThan(0);
    }
  });

  it("know when they came and went", () => {
    const since = (name: string): unknown =>
      directivesNamed(name)
        .filter(isOwnModule)
        .map(({ since, removed }) => since ?? removed);
    expect(since("http2")).toEqual(["1.25.1"]);
    expect(since("ssl")).toEqual(["1.25.1", "1.25.1"]);
    expect(since("uwsgi_pass")).toEqual([undefined]);
    expect(isInRelease({ since: "1.25.1" }, "1.9.0")).toBe(false);
    expect(isInRelease({ removed: "1.25.1" }, "1.22.1")).toBe(true);
    expect(order("1.9.0", "1.18.0")).toBeLessThan(0);
    expect(order(nginxReleases.stable, nginxReleases.oldest)).toBeGreaterThan(0);
  });
});

describe("directives of one's own", () => {
  it("are known until others take their place", () => {
    const own = { name: "my_cache", module: "mine", contexts: ["http.location"], args: [1], kind: "custom" };
    learnDirectives([own, { name: "broken" }, 1]);
    expect(directivesNamed("my_cache")).toEqual([own]);
    expect(directivesNamed("broken")).toEqual([]);
    learnDirectives();
    expect(directivesNamed("my_cache")).toEqual([]);
    learnDirectives(["my_cache http,location 1-2", "my_zone upstream 1+ block", "broken", "also_broken nowhere 1", "no_count http x"]);
    expect(directivesNamed("my_cache")).toMatchObject([{ contexts: ["http", "http.location"], args: [1, 2] }]);
    expect(directivesNamed("my_zone")).toMatchObject([{ contexts: ["http.upstream"], args: { least: 1 }, block: true }]);
    for (const name of ["broken", "also_broken", "no_count"]) expect(directivesNamed(name)).toEqual([]);
    learnDirectives([{ ...own, name: "root" }]);
    expect(directivesNamed("root")).toHaveLength(2);
    learnDirectives([]);
    expect(directivesNamed("root")).toHaveLength(1);
  });
});

describe("variables", () => {
  it("are all that the documentation of nginx itself has", () => {
    const known = new Set(
      [...nginxVariables("http"), ...nginxVariables("stream")].map((variable) =>
        variable.prefix ? `${variable.name}NAME` : variable.name,
      ),
    );
    const elsewhere = /^(?:acme_|jwt_|oidc_|otel_|mqtt_|session_log_|time_iso8601_ms$|memcached_key$|upstream_last_|upstream_queue_time$)/;
    expect(
      getVariables()
        .map((variable) => variable.name.replace(/^\$/, ""))
        .filter((name) => !known.has(name) && !elsewhere.test(name)),
    ).toEqual([]);
  });
});
