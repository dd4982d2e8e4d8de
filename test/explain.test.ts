import { describe, expect, it } from "vitest";
import { allDirectives } from "../server/src/facts/nginx";
import { options } from "../server/src/facts/uwsgi";
import { explain } from "../server/src/host/node/explain";
import { forTerminal } from "../server/src/host/node/terminal";
import { explanationOf } from "../server/src/ide/explain";
import { RULES } from "../server/src/rules/index";

const textOf = async (subject: string): Promise<string> => {
  const found = await explanationOf(subject);
  return "markdown" in found ? found.markdown : "";
};

async function run(...argv: string[]): Promise<{ code: number; out: string; err: string }> {
  const out: (string | Uint8Array)[] = [];
  const err: string[] = [];
  const code = await explain(argv, { out: (text) => void out.push(text), err: (text) => void err.push(text) });
  return { code, out: out.join(""), err: err.join("") };
}

describe("explain", () => {
  it.each([
    ["socket-permission", "rule, error", "chmod-socket"],
    ["chmod-socket", "three octal digits", "unset: mode 777 minus the umask"],
    ["--chmod-socket", "three octal digits", "chmod-socket = 660"],
    ["chmod-socket = 666", "three octal digits", "chmod-socket = 660"],
    ["-M", "**master**", "master"],
    ["uwsgi_pass", "Module `ngx_http_uwsgi_module`", "location"],
    ["uwsgi_pass unix:/run/app.sock;", "Module `ngx_http_uwsgi_module`", "location"],
    ["$request_uri", "variable of `ngx_http_core_module`", "request"],
    ["$arg_page", "variable of", "argument"],
    ["%n", "magic letter", "without directory"],
    ["%(", "replaced by uWSGI", "placeholder"],
    ["if-env", "logic of uWSGI", "if-env"],
    ["busyness", "cheaper algorithm", "plugin"],
    ["connect() to unix:/x failed (13: Permission denied) while connecting to upstream", "nginx says", "socket-permission"],
  ])("%s", async (subject, ...words) => {
    const text = await textOf(subject);
    for (const word of words) expect(text).toContain(word);
  });

  it("tells listen of uWSGI from listen of nginx, and http from stream", async () => {
    const parts = (await textOf("listen")).split("\n---\n");
    expect(parts[0]).toContain("queue");
    expect(parts[1]).toContain("ngx_http_core_module");
    expect(parts.slice(2).join()).toContain("ngx_stream_core_module");
  });

  it("knows every rule, option and directive", async () => {
    for (const { id } of RULES) expect(await textOf(id), id).toContain(`**${id}** · rule`);
    for (const { name } of options()) expect(await textOf(name), name).not.toBe("");
    for (const { name } of allDirectives()) if (!name.includes("*")) expect(await textOf(name), name).not.toBe("");
  });

  it("offers names that may be meant, and exit code 2", async () => {
    const { code, out, err } = await run("chmod-sokcet");
    expect([code, out]).toEqual([2, ""]);
    expect(err).toContain("Did you mean chmod-socket");
    expect((await run("socket-permision")).err).toContain("socket-permission");
    expect((await run("uwsgi_pas")).err).toContain("uwsgi_pass");
    expect((await run("qqqqqqqqqqq")).code).toBe(2);
    expect((await run()).code).toBe(2);
    for (const hostile of ["__proto__", "constructor", "toString", "%", "$", "\u0000", "a".repeat(100_000), "((((((("])
      expect((await run(hostile)).code, hostile.slice(0, 20)).toBe(2);
  });

  it("is readable in a terminal", async () => {
    const { code, out } = await run("uwsgi_pass");
    expect(code).toBe(0);
    expect(out).not.toMatch(/\*\*|```|\]\(/);
    for (const line of out.split("\n")) if (!line.includes("https://")) expect(line.length).toBeLessThanOrEqual(96);
    expect(forTerminal("a b\nc\n\n- d e\n  f\n\n```ini\nx  = 1\n```\n\n---\n", 40)).toBe(
      `a b c\n\n- d e f\n\n    x  = 1\n\n${"-".repeat(40)}`,
    );
  });
});
