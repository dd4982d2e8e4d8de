import { rule } from "../rule";
import { refusals } from "./refusals";

export const nginxHash = rule({
  id: "nginx-hash",
  title: "A name does not fit into nginx's hash tables",
  why: "Names of servers that share an address and keys of `map` longer than 46 bytes do not fit into a bucket of 64 bytes, the default on today's processors: `could not build server_names_hash, you should increase server_names_hash_bucket_size: 64`.",
  severity: "error",
  languages: ["nginx"],
  examples: [
    {
      files: {
        "nginx.conf":
          "events {}\nhttp {\n  server {\n    listen 80;\n    server_name a-rather-long-label-for-a-customer.staging.example.com;\n    return 204;\n  }\n  server {\n    listen 80;\n    server_name b.example.com;\n    return 404;\n  }\n}\n",
      },
      finds: ["nginx.conf:5"],
    },
  ],
  check: (document, context) => refusals(document, context, "nginx-hash"),
});
