const vscode = require("vscode");

const FILES = {
  "/site/etc/uwsgi/vassals/mem.ini": "[uwsgi]\nmaster = true\nsocket = /run/uwsgi/mem.sock\nchdir = /srv/mem\nmodule = app\n",
  "/site/etc/nginx/sites-enabled/mem":
    "server {\n    location / {\n        include uwsgi_params;\n        uwsgi_pass unix:/run/uwsgi/mme.sock;\n    }\n}\n",
};

/** Folders and files of a fixed set; written files stay in memory. */
function memory() {
  const files = new Map(Object.entries(FILES).map(([path, text]) => [path, new TextEncoder().encode(text)]));
  const isFolder = (path) => path === "/" || [...files.keys()].some((file) => file.startsWith(`${path}/`));
  const changed = new vscode.EventEmitter();
  return {
    onDidChangeFile: changed.event,
    watch: () => ({ dispose() {} }),
    stat({ path }) {
      const file = files.get(path);
      if (!file && !isFolder(path)) throw vscode.FileSystemError.FileNotFound(path);
      return { type: file ? vscode.FileType.File : vscode.FileType.Directory, ctime: 0, mtime: 0, size: file?.length ?? 0 };
    },
    readDirectory({ path }) {
      const names = new Map();
      for (const file of files.keys()) {
        if (!file.startsWith(`${path}/`)) continue;
        const [name, ...rest] = file.slice(path.length + 1).split("/");
        names.set(name, rest.length > 0 ? vscode.FileType.Directory : vscode.FileType.File);
      }
      return [...names];
    },
    readFile({ path }) {
      const file = files.get(path);
      if (!file) throw vscode.FileSystemError.FileNotFound(path);
      return file;
    },
    writeFile(uri, content) {
      files.set(uri.path, content);
      changed.fire([{ type: vscode.FileChangeType.Changed, uri }]);
    },
    createDirectory() {},
    delete({ path }) {
      files.delete(path);
    },
    rename() {
      throw vscode.FileSystemError.NoPermissions();
    },
  };
}

exports.activate = (context) => {
  const nginx = { language: "nginx" };
  context.subscriptions.push(
    vscode.workspace.registerFileSystemProvider("memory", memory(), { isCaseSensitive: true }),
    vscode.languages.registerHoverProvider(nginx, { provideHover: () => new vscode.Hover("the neighbour's words") }),
    vscode.languages.registerCompletionItemProvider(nginx, { provideCompletionItems: () => [new vscode.CompletionItem("neighbour_word")] }),
  );
};
