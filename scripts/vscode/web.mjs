// The web host: the extension is fetched over http and runs in a worker of the page, without Node and without a disk.
import { createReadStream, existsSync, statSync } from "node:fs";
import { createServer } from "node:http";
import { join, normalize } from "node:path";

const types = { ".js": "text/javascript", ".cjs": "text/javascript", ".json": "application/json" };

/** Serves some folders, each under its own name. */
export async function serve(folders) {
  const server = createServer((request, response) => {
    const [name, ...rest] = normalize(decodeURIComponent(new URL(request.url, "http://x").pathname))
      .slice(1)
      .split("/");
    const path = folders[name] && join(folders[name], ...rest);
    const found = path && existsSync(path) && statSync(path).isFile();
    const type = types[/\.\w+$/.exec(path ?? "")?.[0]] ?? "application/octet-stream";
    response.writeHead(found ? 200 : 404, {
      "content-type": type,
      "access-control-allow-origin": "*",
      "access-control-allow-headers": "*",
    });
    if (found && request.method === "GET") createReadStream(path).pipe(response);
    else response.end();
  });
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  // By this name: the policy of VS Code's worker allows scripts of localhost.
  return { authority: `localhost:${server.address().port}`, stop: () => server.close() };
}

/** Adds the extension and its tests to the page's configuration, as a web build of VS Code would hold them. */
export async function developInWorker(page, origin, { extension, tests }) {
  await page.route(
    (url) => url.origin === origin && url.pathname === "/",
    async (route) => {
      const answer = await route.fetch();
      const headers = answer.headers();
      delete headers["content-security-policy"];
      const html = (await answer.text()).replace(
        /(id="vscode-workbench-web-configuration" data-settings=")([^"]*)"/,
        (_, start, escaped) => {
          const settings = JSON.parse(escaped.replaceAll("&quot;", '"').replaceAll("&amp;", "&"));
          settings.developmentOptions = { ...settings.developmentOptions, extensions: [extension], extensionTestsPath: tests };
          return `${start}${JSON.stringify(settings).replaceAll("&", "&amp;").replaceAll('"', "&quot;")}"`;
        },
      );
      await route.fulfill({ status: answer.status(), headers, body: html });
    },
  );
}
