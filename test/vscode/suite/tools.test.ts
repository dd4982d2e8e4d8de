import * as vscode from "vscode";
import { closeAll, eventually, holds, same, show } from "../support";

const TOOLS = ["uwsgi-nginx_explain", "uwsgi-nginx_topology", "uwsgi-nginx_validate"];

async function ask(name: string, input: object): Promise<string> {
  const result = await vscode.lm.invokeTool(name, { input, toolInvocationToken: undefined });
  return result.content.map((part) => (part instanceof vscode.LanguageModelTextPart ? part.value : "")).join("\n");
}

suite("Tools for language models", () => {
  suiteSetup(async () => {
    await show("etc/uwsgi/vassals/shop.ini");
    await eventually("the tools", () => TOOLS.every((name) => vscode.lm.tools.some((tool) => tool.name === name)) || undefined);
  });
  suiteTeardown(closeAll);

  test("are described", () => {
    for (const tool of vscode.lm.tools.filter(({ name }) => TOOLS.includes(name))) holds(tool.description.length > 100, tool.name);
  });

  test("explain an option, a rule, and say when nothing is known", async () => {
    holds((await ask("uwsgi-nginx_explain", { subject: "chmod-socket" })).includes("chmod-socket"), "an option");
    holds((await ask("uwsgi-nginx_explain", { subject: "no-such-socket" })).includes("rule"), "a rule");
    same(await ask("uwsgi-nginx_explain", { subject: "qqqqqqqqqq zzzz" }), "Nothing is known of this.");
    same(await ask("uwsgi-nginx_explain", {}), "Nothing is known of this.");
  });

  test("tell the deployment and what fails in it", async () => {
    const text = await eventually("the topology", async () => {
      const said = await ask("uwsgi-nginx_topology", {});
      return said.includes("shop.sock") ? said : undefined;
    });
    holds(text.startsWith("flowchart"), text);
    holds(text.includes("No link is known to fail."), text);
  });

  test("check a text by itself", async () => {
    const wrong = await ask("uwsgi-nginx_validate", { text: "[uwsgi]\nsokcet = /run/x.sock\n" });
    holds(/line 2, \w+, unknown-option: .*sokcet/.test(wrong), wrong);
    const right = await ask("uwsgi-nginx_validate", { text: "upstream shop {\n    server unix:/run/shop.sock;\n}\n", language: "nginx" });
    holds(right.startsWith("No mistake"), right);
  });
});
