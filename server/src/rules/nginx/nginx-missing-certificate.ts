import { rule } from "../rule";
import { refusals } from "./refusals";

export const nginxMissingCertificate = rule({
  id: "nginx-missing-certificate",
  title: "A server speaks TLS without a certificate",
  why: "A server with `listen … ssl` needs `ssl_certificate` and `ssl_certificate_key`, in it or in `http`; else nginx refuses to start. Where `http` is not seen this is a warning.",
  severity: "error",
  languages: ["nginx"],
  link: "https://nginx.org/en/docs/http/configuring_https_servers.html",
  examples: [
    {
      files: { "nginx.conf": "events {}\nhttp {\n  server {\n    listen 443 ssl;\n    return 204;\n  }\n}\n" },
      finds: ["nginx.conf:4"],
    },
  ],
  check: (document, context) => refusals(document, context, "nginx-missing-certificate"),
});
