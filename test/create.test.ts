import { describe, expect, it } from "vitest";
import { type Answers, choicesIn, newApplication, problemWith } from "../server/src/ide/create";
import { exampleWorkspace, findingsIn, placeOf } from "../server/src/ide/rule-page";
import { topologyOf } from "../server/src/ide/topology";
import { stackOf } from "../server/src/stack/stack";
import { ANSWERS, created as createdFrom, type Files } from "./support/created";

const NGINX = "user www-data;\nevents {}\nhttp {\n  include /etc/nginx/conf.d/*.conf;\n}\n";
const APP = "def application(environ, start_response):\n    start_response('200 OK', [])\n    return [b'ok']\n";
const BEFORE: Readonly<Record<string, string>> = {
  "etc/nginx/nginx.conf": NGINX,
  "etc/nginx/uwsgi_params": "uwsgi_param REQUEST_METHOD $request_method;\n",
  "srv/shop/app.py": APP,
};

const created = (answers: Answers, before: Files = BEFORE): Files => createdFrom(answers, before);

function checked(files: Readonly<Record<string, string>>): readonly string[] {
  const workspace = exampleWorkspace({ files, finds: [] });
  return findingsIn(workspace)
    .filter((finding) => finding.severity !== "hint")
    .map((finding) => `${placeOf(workspace, finding)} ${finding.severity} ${finding.code}: ${finding.message}`);
}

const states = (files: Readonly<Record<string, string>>): readonly string[] =>
  topologyOf(stackOf(exampleWorkspace({ files, finds: [] })))
    .links.filter((link) => link.kind === "connects" || link.kind === "serves" || link.kind === "starts")
    .map((link) => `${link.kind} ${link.state}`);

describe("a new application", () => {
  const kinds = (["emperor", "service", "container"] as const).flatMap((start) =>
    (["unix", "tcp"] as const).map((listen) => ({ start, listen })),
  );

  it.each(kinds)("$start, $listen: checks clean and is joined", ({ start, listen }) => {
    const before = start === "container" ? { "code/app.py": APP } : BEFORE;
    const files = created({ ...ANSWERS, start, listen, folder: start === "container" ? "/code" : ANSWERS.folder }, before);
    expect(checked(files)).toEqual([]);
    const found = states(files);
    expect(found.filter((state) => state.startsWith("connects"))).toHaveLength(1);
    // Who may do what in a volume of two containers is not known here.
    const unknown = start === "container" && listen === "unix" ? ["connects unknown"] : [];
    expect(found.filter((state) => !state.endsWith("fits"))).toEqual(unknown);
  });

  it("takes the emperor, the folders and the user of the workspace", () => {
    const before = {
      "etc/nginx/nginx.conf": "user nginx;\nevents {}\nhttp {\n  include /etc/nginx/sites-enabled/*;\n}\n",
      "etc/nginx/uwsgi_params": "uwsgi_param REQUEST_METHOD $request_method;\n",
      "etc/uwsgi-emperor/emperor.ini": "[uwsgi]\nemperor = /etc/uwsgi-emperor/vassals\n",
      "etc/uwsgi-emperor/vassals/blog.ini": "[uwsgi]\nchdir = /srv/blog\nmodule = blog:app\nmaster = true\nsocket = 127.0.0.1:3031\n",
      "srv/shop/app.py": APP,
    };
    const files = created(ANSWERS, before);
    expect(
      Object.keys(files)
        .filter((path) => !(path in before))
        .sort(),
    ).toEqual(["etc/nginx/sites-enabled/shop", "etc/tmpfiles.d/uwsgi.conf", "etc/uwsgi-emperor/vassals/shop.ini"]);
    expect(files["etc/uwsgi-emperor/vassals/shop.ini"]).toContain("chown-socket = shop:nginx\nchmod-socket = 660\n");
    expect(created({ ...ANSWERS, listen: "tcp" }, before)["etc/uwsgi-emperor/vassals/shop.ini"]).toContain("socket = 127.0.0.1:3032\n");
    expect(checked(files).filter((line) => line.includes("shop"))).toEqual([]);
  });

  it("says nothing of users to a vassal that cannot change them", () => {
    const tyrant = { ...BEFORE, "etc/uwsgi/emperor.ini": "[uwsgi]\nemperor = /etc/uwsgi/vassals\nemperor-tyrant = true\n" };
    expect(created(ANSWERS, tyrant)["etc/uwsgi/vassals/shop.ini"]).not.toMatch(/^(?:uid|gid|chown-socket)/m);
    const plain = { ...BEFORE, "etc/uwsgi/emperor.ini": "[uwsgi]\nuid = www-data\ngid = www-data\nemperor = /etc/uwsgi/vassals\n" };
    const vassal = created(ANSWERS, plain)["etc/uwsgi/vassals/shop.ini"];
    expect(vassal).not.toMatch(/^(?:uid|gid|chown-socket)/m);
    expect(vassal).toContain("chmod-socket = 666");
  });

  it("offers what the workspace holds", () => {
    const workspace = exampleWorkspace({
      files: { ...BEFORE, "web/site/__init__.py": "", "web/site/wsgi.py": "application = get_wsgi_application()\n" },
      finds: [],
    });
    expect(choicesIn(workspace)).toEqual({
      entries: [
        { entry: "app:application", file: "/example/srv/shop/app.py", folder: "/srv/shop", below: "/srv/shop" },
        { entry: "site.wsgi:application", file: "/example/web/site/wsgi.py", below: "/web" },
      ],
      hasEmperor: false,
    });
  });

  it("writes nothing over, and takes no answer that is none", () => {
    const taken = exampleWorkspace({ files: { ...BEFORE, "etc/uwsgi/vassals/shop.ini": "[uwsgi]\n" }, finds: [] });
    expect(newApplication(taken, ANSWERS)).toEqual({ problem: expect.stringContaining("exists already") });
    const workspace = exampleWorkspace({ files: BEFORE, finds: [] });
    const wrong: readonly Partial<Answers>[] = [
      { name: "a b" },
      { name: "../x" },
      { name: "" },
      { user: "root" },
      { user: "a;b" },
      { serverName: "a;}" },
      { folder: "srv" },
      { folder: "/srv/a b" },
      { folder: "/srv/\n" },
      { entry: "app.py" + ";" },
      { entry: "a\nb" },
    ];
    for (const answer of wrong)
      expect(newApplication(workspace, { ...ANSWERS, ...answer }), JSON.stringify(answer)).toHaveProperty("problem");
    expect(newApplication(exampleWorkspace({ files: {}, finds: [] }), ANSWERS)).toHaveProperty("edits");
    expect(problemWith("constructor", "x")).toBeUndefined();
  });
});
