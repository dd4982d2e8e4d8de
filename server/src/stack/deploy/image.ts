/** What the name of an image says. */
import { baseName } from "../../text/uri";

const OTHER = /exporter|certbot|letsencrypt|docker-gen|companion|manager/;

/** `nginx:1.25`, `nginxinc/nginx-unprivileged`, `example/app-nginx`: an image whose name has the word. */
export function isNginxImage(image: string | undefined): boolean {
  const name = baseName((image ?? "").split("@", 1)[0] ?? "").replace(/:.*$/, "");
  return !OTHER.test(name) && name.split(/[-_.]/).some((word) => word === "nginx" || word === "openresty");
}
