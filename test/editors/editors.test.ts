// Neovim and Emacs as Debian ships them, set up with the very texts of docs/editors.md.
import { spawnSync } from "node:child_process";
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { root, texts } from "./texts";

const home = mkdtempSync(join(tmpdir(), "uwsgi-nginx-editors-"));
const folder = join(home, "broken");
const answer = join(home, "answer.json");
const UWSGI = "etc/uwsgi-emperor/vassals/blog.ini";
const NGINX = "etc/nginx/sites-enabled/blog";

beforeAll(() => {
  cpSync(join(root, "examples/broken"), folder, { recursive: true });
  spawnSync("git", ["init", "--quiet"], { cwd: folder });
  const command = join(home, "bin/uwsgi-nginx");
  mkdirSync(join(home, "bin"));
  writeFileSync(command, `#!/bin/sh\nexec '${process.execPath}' '${join(root, "dist/cli.js")}' "$@"\n`);
  chmodSync(command, 0o755);
});
afterAll(() => rmSync(home, { recursive: true, force: true }));

/** Starts an editor on a file and returns what it wrote down. `hoverLine` counts from zero. */
function edit(program: string, args: readonly string[], file: string, hoverLine: number) {
  rmSync(answer, { force: true });
  const env = {
    ...process.env,
    HOME: home,
    XDG_CONFIG_HOME: join(home, "config"),
    PATH: [join(home, "bin"), process.env.PATH].join(delimiter),
    FILE: file,
    HOVER_LINE: String(hoverLine),
    ANSWER: answer,
  };
  const { status, stdout, stderr, error } = spawnSync(program, args, { cwd: folder, env, encoding: "utf8", timeout: 50_000 });
  expect(error).toBeUndefined();
  expect(status, `${stdout}\n${stderr}`).toBe(0);
  return JSON.parse(readFileSync(answer, "utf8"));
}

function written(name: string, text: string): string {
  writeFileSync(join(home, name), text);
  return join(home, name);
}

/** What came with 0.11, in words of 0.7; a Neovim that has it uses its own. */
const NEWER = `
if vim.fn.has("nvim-0.11") == 0 then
vim.g.do_filetype_lua = 1
local configs = {}
function vim.lsp.config(name, config) configs[name] = config end
function vim.lsp.enable(name)
  local config = configs[name]
  vim.api.nvim_create_autocmd("FileType", { pattern = config.filetypes, callback = function(event)
    config.root_dir(event.buf, function(root)
      local client = vim.lsp.start_client({ name = name, cmd = config.cmd, root_dir = root })
      vim.lsp.buf_attach_client(event.buf, client)
    end)
  end })
end
end
`;

describe.each([
  ["Neovim 0.7 to 0.10", ""],
  ["Neovim 0.11 and newer", NEWER],
])("%s", (heading, before) => {
  const neovim = (file: string, hoverLine: number) => {
    const setUp = written("init.lua", before + texts(heading, "lua").join("\n"));
    return edit("nvim", ["--headless", "-u", setUp, "-c", `luafile ${join(import.meta.dirname, "neovim.lua")}`], file, hoverLine);
  };

  it("shows what is wrong in a uWSGI file, explains and completes", () => {
    const { filetype, found, hover, labels } = neovim(UWSGI, 4);
    expect(filetype).toBe("uwsgi");
    expect(found).toContainEqual({ source: "uwsgi-nginx", code: "number-value", line: 9 });
    expect(hover).toContain("master process");
    expect(labels).toContain("processes");
  });

  it("shows what is wrong in an nginx file", () => {
    const { filetype, found, hover } = neovim(NGINX, 4);
    expect(filetype).toBe("nginx");
    expect(found).toContainEqual({ source: "uwsgi-nginx", code: "other-module", line: 11 });
    expect(hover).toContain("server");
  });
});

describe("Emacs", () => {
  const emacs = (file: string, hoverLine: number) => {
    const setUp = written("init.el", texts("Emacs", "elisp").join("\n"));
    const load = ["-l", setUp, "-l", join(import.meta.dirname, "emacs.el")];
    return edit("emacs", ["--batch", "-q", "-f", "package-initialize", ...load], file, hoverLine);
  };

  it("shows what is wrong in a uWSGI file, explains and completes", () => {
    const { mode, found, hover, labels } = emacs(UWSGI, 4);
    expect(mode).toBe("uwsgi-mode");
    expect(found).toContainEqual({ line: 9, text: expect.stringContaining("[number-value]") });
    expect(hover).toContain("master process");
    expect(labels).toContain("processes");
  });

  it("shows what is wrong in an nginx file", () => {
    const { mode, found, hover } = emacs(NGINX, 4);
    expect(mode).toBe("nginx-mode");
    expect(found).toContainEqual({ line: 11, text: expect.stringContaining("[other-module]") });
    expect(hover).toContain("server");
  });
});
