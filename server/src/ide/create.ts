/** "New application behind nginx": from a few answers to files that check clean and answer. Nothing that exists is written over. */

import type { FileEdit } from "../rules/rule";
import { workerOf } from "../stack/access-setup";
import type { Instance } from "../stack/instance";
import { type Stack, stackOf } from "../stack/stack";
import { t } from "../text/l10n";
import { pathOf, withPath } from "../text/uri";
import type { Workspace } from "../workspace/workspace";
import { containerFiles } from "./create-container";
import { hostFiles } from "./create-host";
import { applicationsOf, moduleName } from "./python";

export type Answers = {
  /** Of the application: names files, folders and the socket. */
  readonly name: string;
  readonly serverName: string;
  /** The account it runs as. */
  readonly user: string;
  readonly listen: "unix" | "tcp";
  readonly start: "emperor" | "service" | "container";
  /** Where the code lies on the machine; for containers, below the project. */
  readonly folder: string;
  /** `module:callable`. */
  readonly entry: string;
};

export type Plan = Answers & {
  readonly stack: Stack;
  readonly port: number;
  /** nginx's user, and a group of it. */
  readonly nginx: string;
  /** The emperor of the workspace that would start it. */
  readonly emperor: Instance | undefined;
  /** False where Python is built into uWSGI. */
  readonly plugin: boolean;
};

/** Path on the machine → text. For containers: path below the project. */
export type Files = Readonly<Record<string, string>>;
export type Created = { readonly edits: readonly FileEdit[] } | { readonly problem: string };

const SHAPES: Readonly<Record<"name" | "serverName" | "user" | "folder" | "entry", readonly [RegExp, () => string]>> = {
  name: [/^[a-z][a-z0-9_-]{0,30}$/, () => t`a name of small letters, digits, - and _`],
  serverName: [/^(?:\*\.)?[a-z0-9](?:[a-z0-9.-]{0,250}[a-z0-9])?$/i, () => t`a host name`],
  user: [/^[a-z_][a-z0-9_-]{0,31}$/, () => t`a name of an account`],
  folder: [/^\/[\w.-]+(?:\/[\w.-]+){0,20}$/, () => t`an absolute path without blanks`],
  entry: [/^[A-Za-z_]\w*(?:\.\w+)*(?::\w+)?$/, () => t`module:callable, as in app:application`],
};

/** What is wrong with an answer, if anything. Asked by the questions as well, while one types. */
export function problemWith(question: string, answer: string): string | undefined {
  const shape = Object.hasOwn(SHAPES, question) ? SHAPES[question as keyof typeof SHAPES] : undefined;
  if (!shape || shape[0].test(answer)) return question === "user" && answer === "root" ? t`another account than root` : undefined;
  return shape[1]();
}

export function newApplication(workspace: Workspace, answers: Answers): Created {
  for (const question of Object.keys(SHAPES) as (keyof typeof SHAPES)[]) {
    const problem = problemWith(question, answers[question]);
    if (problem !== undefined) return { problem: t`${answers[question]}: this should be ${problem}` };
  }
  const plan = planOf(workspace, answers);
  const files = answers.start === "container" ? containerFiles(plan) : hostFiles(plan);
  const base = baseOf(workspace, answers.start === "container");
  if (base === undefined) return { problem: t`no folder is open` };
  const edits = Object.entries(files).map(
    ([path, text]): FileEdit => ({
      uri: withPath(base, `${pathOf(base)}/${path.replace(/^\//, "")}`),
      edits: [{ span: { start: 0, end: 0 }, text }],
    }),
  );
  const taken = edits.find(({ uri }) => workspace.exists(uri));
  return taken ? { problem: t`${pathOf(taken.uri)} exists already: choose another name` } : { edits };
}

function planOf(workspace: Workspace, answers: Answers): Plan {
  const stack = stackOf(workspace);
  const worker = workerOf(stack).who.user;
  return {
    ...answers,
    stack,
    port: freePort(stack),
    nginx: worker ?? "www-data",
    emperor: stack.emperors.find((instance) => instance.start.certain),
    plugin: workspace.target.uwsgiInstall !== "pip",
  };
}

export function freePort(stack: Stack): number {
  const used = new Set(
    stack.instances.flatMap((instance) => instance.endpoints).map(({ address }) => (address.kind === "tcp" ? address.port : undefined)),
  );
  let port = 3031;
  while (used.has(port)) port++;
  return port;
}

/** The folder that stands for the root of the machine, or for the project: the image of `/` where there is one, else what is open. */
function baseOf(workspace: Workspace, isProject: boolean): string | undefined {
  if (!isProject) {
    for (const document of workspace.documents) {
      const deployed = workspace.paths.deployed(document.uri);
      if (deployed?.startsWith("/etc/") && document.path.endsWith(deployed))
        return withPath(document.uri, document.path.slice(0, -deployed.length));
    }
  }
  return workspace.roots[0];
}

export type Choices = {
  /** Applications that Python files of the workspace offer. */
  readonly entries: readonly {
    readonly entry: string;
    readonly file: string /** On the machine, where that is known. */;
    readonly folder?: string /** Below the project. */;
    readonly below?: string;
  }[];
  readonly hasEmperor: boolean;
};

/** What the workspace suggests for the answers. */
export function choicesIn(workspace: Workspace): Choices {
  const [root = ""] = workspace.roots;
  const entries = workspace.of("python").flatMap((document) => {
    const module = moduleName(workspace, document.uri, undefined);
    // The folder that an import of this name starts from.
    const base = document.path.replace(/(?:\/__init__)?\.py$/, "").slice(0, -module.length - 1);
    const folder = workspace.paths
      .deployed(document.uri)
      ?.replace(/(?:\/__init__)?\.py$/, "")
      .slice(0, -module.length - 1);
    const below = base.startsWith(`${pathOf(root)}/`) ? base.slice(pathOf(root).length) : undefined;
    return applicationsOf(document).map(({ name }) => ({
      entry: `${module}:${name}`,
      file: document.path,
      ...(folder ? { folder } : {}),
      ...(below ? { below } : {}),
    }));
  });
  return {
    entries: entries.filter(({ entry }) => problemWith("entry", entry) === undefined).slice(0, 200),
    hasEmperor: stackOf(workspace).emperors.length > 0,
  };
}
