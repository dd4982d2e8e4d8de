import { describe, expect, it } from "vitest";
import { exampleWorkspace } from "../server/src/ide/rule-page";
import { topologyOf } from "../server/src/ide/topology";
import { stackOf } from "../server/src/stack/stack";
import { type Files, newIn, offered } from "./support/refactored";

const TITLE = "Put under the emperor of emperor.ini";
const NGINX =
  "user www-data;\nevents {}\nhttp {\n  server {\n    location / {\n      include uwsgi_params;\n      uwsgi_pass unix:/run/shop/shop.sock;\n    }\n  }\n}\n";
const APP =
  "[uwsgi]\nplugins = python3\nchdir = /srv/shop\nmodule = app:application\nneed-app = true\nmaster = true\nprocesses = 2\nsocket = /run/shop/shop.sock\nchmod-socket = 660\nbuffer-size = 32768\n";
const UNIT =
  "[Unit]\nDescription=shop\n\n[Service]\nType=notify\nExecStart=/usr/bin/uwsgi --ini /etc/uwsgi/shop.ini\nUser=shop\nGroup=www-data\nRuntimeDirectory=shop\nKillSignal=SIGQUIT\nRestart=on-failure\n\n[Install]\nWantedBy=multi-user.target\n";
const FILES: Files = {
  "etc/nginx/nginx.conf": NGINX,
  "etc/nginx/uwsgi_params": "uwsgi_param REQUEST_METHOD $request_method;\n",
  "etc/uwsgi/emperor.ini": "[uwsgi]\nemperor = /etc/uwsgi/vassals\n",
  "etc/uwsgi/shop.ini": APP,
  "etc/systemd/system/emperor.service":
    "[Service]\nType=notify\nExecStart=/usr/bin/uwsgi --ini /etc/uwsgi/emperor.ini\nKillSignal=SIGQUIT\n",
  "etc/systemd/system/shop.service": UNIT,
  "srv/shop/app.py": "def application(environ, start_response):\n    return []\n",
};
/** As it is written by the way back. */
const OWN_UNIT =
  "[Unit]\nDescription=shop\nAfter=network.target\n\n[Service]\nType=notify\nExecStart=/usr/bin/uwsgi --ini /etc/uwsgi/shop.ini\nUser=shop\nGroup=www-data\nRuntimeDirectory=shop\nKillSignal=SIGQUIT\nRestart=on-failure\n\n[Install]\nWantedBy=multi-user.target\n";
const BACK = "Give it a systemd service of its own";
const VASSAL = "etc/uwsgi/vassals/shop.ini";
const APP_FILE = "etc/uwsgi/shop.ini";
const UNIT_FILE = "etc/systemd/system/shop.service";

const put = (files: Files, path = APP_FILE, text = "[uwsgi]"): Files | undefined => offered(files, path, text).get(TITLE);
const withApp = (change: (text: string) => string): Files => ({ ...FILES, [APP_FILE]: change(APP) });
const withUnit = (change: (text: string) => string): Files => ({ ...FILES, [UNIT_FILE]: change(UNIT) });
const links = (files: Files): readonly string[] =>
  topologyOf(stackOf(exampleWorkspace({ files, finds: [] })))
    .links.filter(({ kind }) => kind === "connects" || kind === "serves")
    .map(({ kind, state }) => `${kind} ${state}`);

describe("putting an application under an emperor", () => {
  it.each([
    [APP_FILE, "[uwsgi]"],
    [APP_FILE, "socket ="],
    [UNIT_FILE, "/usr/bin/uwsgi"],
  ])("moves its file and takes over what the unit gave it, asked in %s at %s", (path, text) => {
    const after = put(FILES, path, text) ?? {};
    expect(Object.keys(FILES).filter((file) => !(file in after))).toEqual([APP_FILE, UNIT_FILE]);
    expect(after["etc/uwsgi/vassals/shop.ini"]).toBe(
      APP.replace("[uwsgi]\n", "[uwsgi]\nuid = shop\ngid = www-data\nchown-socket = shop:www-data\n"),
    );
    expect(after["etc/tmpfiles.d/shop.conf"]).toBe("# /run is empty after every boot.\nd /run/shop 0755 shop www-data -\n");
    expect(newIn(FILES, after)).toEqual([]);
    expect(links(after)).toEqual(links(FILES));
    expect(links(after)).toEqual(["serves fits", "connects fits"]);
  });

  it("leads back to the very text", () => {
    const files = withUnit(() => OWN_UNIT);
    const under = put(files) ?? {};
    const back = offered(under, "etc/uwsgi/vassals/shop.ini", "[uwsgi]").get(BACK);
    expect(back).toEqual(files);
    expect(newIn(under, back ?? {})).toEqual([]);
  });

  it("leads back from a port, too", () => {
    const tcp = (text: string): string =>
      text.replaceAll("unix:/run/shop/shop.sock", "127.0.0.1:3031").replaceAll("/run/shop/shop.sock", "127.0.0.1:3031");
    const app = tcp(APP).replace("chmod-socket = 660\n", "");
    const files = {
      ...FILES,
      "etc/nginx/nginx.conf": tcp(NGINX),
      [APP_FILE]: app,
      [UNIT_FILE]: OWN_UNIT.replace("RuntimeDirectory=shop\n", ""),
    };
    expect(offered(put(files) ?? {}, "etc/uwsgi/vassals/shop.ini", "[uwsgi]").get(BACK)).toEqual(files);
  });

  const shut: readonly (readonly [string, (files: Files) => Files])[] = [
    [
      "another application is in the folder of its socket",
      (files) => ({ ...files, "etc/uwsgi/vassals/b.ini": "[uwsgi]\nsocket = /run/shop/b.sock\n" }),
    ],
    ["the folder is somebody else's", (files) => ({ ...files, "etc/tmpfiles.d/shop.conf": "d /run/shop 0755 root root -\n" })],
    ["a unit of that name is there", (files) => ({ ...files, "etc/systemd/system/shop.service": "[Service]\nExecStart=/bin/true\n" })],
    [
      "the emperor adds options",
      (files) => ({ ...files, "etc/uwsgi/emperor.ini": "[uwsgi]\nemperor = /etc/uwsgi/vassals\nvassal-set = threads=2\n" }),
    ],
    ["the socket is of another group", (files) => ({ ...files, [VASSAL]: (files[VASSAL] ?? "").replace("shop:www-data", "shop:nginx") })],
    [
      "it includes another file",
      (files) => ({ ...files, [VASSAL]: `${files[VASSAL]}ini = /etc/uwsgi/base.ini\n`, "etc/uwsgi/base.ini": "[uwsgi]\nthreads = 2\n" }),
    ],
  ];
  it.each(shut)("has no way back where %s", (_, change) => {
    const under = put(withUnit(() => OWN_UNIT)) ?? {};
    expect(offered(change(under), VASSAL, "[uwsgi]").get(BACK)).toBeUndefined();
  });

  it("keeps the folder in which it starts", () => {
    const files = {
      ...withApp((text) => text.replace("chdir = /srv/shop\n", "")),
      [UNIT_FILE]: `${UNIT.replace("Type=", "WorkingDirectory=/srv/shop\nType=")}`,
    };
    expect(put(files)?.["etc/uwsgi/vassals/shop.ini"]).toContain("chdir = /srv/shop\n");
  });

  it("takes a file that no unit starts, and names it after its folder", () => {
    const { [UNIT_FILE]: _, [APP_FILE]: __, ...rest } = FILES;
    const app = `${APP}uid = shop\ngid = shop\nchown-socket = shop:www-data\n`;
    const files = { ...rest, "srv/shop/uwsgi.ini": app, "etc/tmpfiles.d/shop.conf": "d /run/shop 0755 root root -\n" };
    const after = put(files, "srv/shop/uwsgi.ini") ?? {};
    expect(after["etc/uwsgi/vassals/shop.ini"]).toBe(app);
    expect(newIn(files, after)).toEqual([]);
    // Started by a user of its own it would now be root's.
    expect(put({ ...files, "srv/shop/uwsgi.ini": APP }, "srv/shop/uwsgi.ini")).toBeUndefined();
  });

  const never: readonly (readonly [string, Files])[] = [
    ["there is no emperor", { ...FILES, "etc/uwsgi/emperor.ini": "[uwsgi]\nmaster = true\n" }],
    ["there are two", { ...FILES, "etc/uwsgi/other.ini": "[uwsgi]\nemperor = /etc/uwsgi/others\n" }],
    ["the emperor is a tyrant", { ...FILES, "etc/uwsgi/emperor.ini": "[uwsgi]\nemperor = /etc/uwsgi/vassals\nemperor-tyrant = true\n" }],
    ["the emperor is another user", { ...FILES, "etc/uwsgi/emperor.ini": "[uwsgi]\nemperor = /etc/uwsgi/vassals\nuid = nobody\n" }],
    ["the emperor looks at a database", { ...FILES, "etc/uwsgi/emperor.ini": "[uwsgi]\nemperor = pg://host=x\n" }],
    ["the place is taken", { ...FILES, "etc/uwsgi/vassals/shop.ini": "[uwsgi]\nmaster = true\n" }],
    ["the file tells of its own place", withApp((text) => `${text}touch-reload = %p\n`)],
    ["the emperor adds options", { ...FILES, "etc/uwsgi/emperor.ini": "[uwsgi]\nemperor = /etc/uwsgi/vassals\nvassal-set = threads=2\n" }],
    ["another file includes it", { ...FILES, "etc/uwsgi/blog.ini": "[uwsgi]\nini = /etc/uwsgi/shop.ini\n" }],
    ["it goes into the background", withApp((text) => `${text}daemonize = /var/log/shop.log\n`)],
    ["a path is relative", withApp((text) => `${text}logto = shop.log\n`)],
    ["the unit sets a variable", withUnit((text) => text.replace("User=", "Environment=A=b\nUser="))],
    ["the unit shuts it in", withUnit((text) => text.replace("User=", "ProtectSystem=strict\nUser="))],
    ["the unit gives more options", withUnit((text) => text.replace("shop.ini", "shop.ini --threads 2"))],
    ["systemd hands the socket over", { ...FILES, "etc/systemd/system/shop.socket": "[Socket]\nListenStream=/run/shop/shop.sock\n" }],
    ["the unit has a drop-in", { ...FILES, "etc/systemd/system/shop.service.d/limits.conf": "[Service]\nLimitNOFILE=1024\n" }],
    ["the file changes its user itself", withApp((text) => `${text}uid = other\n`)],
  ];
  it.each(never)("is not offered where %s", (_, files) => {
    expect(put(FILES)).toBeDefined();
    expect(put(files)).toBeUndefined();
  });

  it("is not offered for a vassal, the emperor, or elsewhere in the file", () => {
    const { [APP_FILE]: _, [UNIT_FILE]: __, ...rest } = FILES;
    expect(put({ ...rest, "etc/uwsgi/vassals/shop.ini": APP }, "etc/uwsgi/vassals/shop.ini")).toBeUndefined();
    expect(put(FILES, "etc/uwsgi/emperor.ini")).toBeUndefined();
    expect(put(FILES, APP_FILE, "master")).toBeUndefined();
  });
});
