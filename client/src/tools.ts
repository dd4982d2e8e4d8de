// What a language model may ask: read-only, and only of what the engine knows. Editors without this interface go without.
import { Disposable, LanguageModelTextPart, type LanguageModelTool, LanguageModelToolResult, l10n, lm } from "vscode";
import type { BaseLanguageClient } from "vscode-languageclient";
import { askTopology } from "./topology-data";

type Explanation = { readonly markdown: string } | { readonly near: readonly string[] };
type Judged = {
  readonly language: string;
  readonly findings: readonly {
    readonly line: number;
    readonly severity: string;
    readonly rule: string;
    readonly message: string;
    readonly fixes: readonly string[];
  }[];
};

const MOST_FINDINGS = 50;

/** The frame is in the model's language, which is English; what the server says in it is in the language of the editor. */
async function explained(client: BaseLanguageClient, subject: unknown): Promise<string> {
  const found = await client.sendRequest<Explanation | null>("uwsgiNginx/explain", { text: String(subject ?? "") });
  if (found && "markdown" in found) return found.markdown;
  return found?.near.length ? `Nothing has this name. Near are: ${found.near.join(", ")}.` : "Nothing is known of this.";
}

async function topology(client: BaseLanguageClient): Promise<string> {
  const drawn = await askTopology(client, "mermaid");
  if (!drawn?.topology.nodes.length) return "No uWSGI process and no uwsgi_pass was found in the workspace.";
  const broken = drawn.topology.links.filter(({ state }) => state === "fails");
  const label = (id: string): string => drawn.topology.nodes.find((node) => node.id === id)?.label ?? id;
  const reasons = broken.map(({ from, to, why }) => `- ${label(from)} → ${label(to)}: ${why ?? "fails"}`);
  return [drawn.text, broken.length > 0 ? `These links fail:\n${reasons.join("\n")}` : "No link is known to fail."].join("\n\n");
}

async function judged(client: BaseLanguageClient, text: unknown, language: unknown): Promise<string> {
  const result = await client.sendRequest<Judged | null>("uwsgiNginx/judge", { text, language });
  if (!result) return "This text cannot be judged.";
  const { findings } = result;
  if (findings.length === 0) return `No mistake was found by itself, read as ${result.language}. Other files were not looked at.`;
  const lines = findings.slice(0, MOST_FINDINGS).map(({ line, severity, rule, message, fixes }) => {
    const cure = fixes.length > 0 ? ` Fix: ${fixes[0]}.` : "";
    return `- line ${line}, ${severity}, ${rule}: ${message}${cure}`;
  });
  return [`Read as ${result.language}, by itself:`, ...lines, ...(findings.length > MOST_FINDINGS ? ["- and more"] : [])].join("\n");
}

export function languageModelTools(client: BaseLanguageClient): Disposable {
  // Hosts older than the interface, and editors built from VS Code without it, have no such object.
  if (typeof lm?.registerTool !== "function") return Disposable.from();
  const tool = <T>(name: string, message: string, answer: (input: T) => Promise<string>): Disposable => {
    const implementation: LanguageModelTool<T> = {
      prepareInvocation: () => ({ invocationMessage: message }),
      async invoke({ input }) {
        await client.start();
        return new LanguageModelToolResult([new LanguageModelTextPart(await answer(input))]);
      },
    };
    return lm.registerTool(name, implementation);
  };
  return Disposable.from(
    tool<{ subject?: unknown }>("uwsgi-nginx_explain", l10n.t("Looking up an option, a directive or a rule"), ({ subject }) =>
      explained(client, subject),
    ),
    tool("uwsgi-nginx_topology", l10n.t("Reading the deployment"), () => topology(client)),
    tool<{ text?: unknown; language?: unknown }>("uwsgi-nginx_validate", l10n.t("Checking a text"), ({ text, language }) =>
      judged(client, text, language),
    ),
  );
}
