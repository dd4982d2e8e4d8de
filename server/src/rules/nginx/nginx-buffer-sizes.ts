import { rule } from "../rule";
import { refusals } from "./refusals";

export const nginxBufferSizes = rule({
  id: "nginx-buffer-sizes",
  title: "Buffers of answers do not fit together",
  why: 'With a larger `uwsgi_buffer_size` alone the sum of nginx no longer works out: the busy buffers (twice the largest one) must fit into all `uwsgi_buffers` but one. Else: `"uwsgi_busy_buffers_size" must be less than the size of all "uwsgi_buffers" minus one buffer`. The same holds for proxy, fastcgi and scgi.',
  severity: "error",
  languages: ["nginx"],
  examples: [
    {
      files: {
        "nginx.conf":
          "events {}\nhttp {\n  server {\n    listen 80;\n    location / {\n      include uwsgi_params;\n      uwsgi_pass 127.0.0.1:3031;\n      uwsgi_buffer_size 32k;\n    }\n  }\n}\n",
      },
      finds: ["nginx.conf:8"],
    },
  ],
  check: (document, context) => refusals(document, context, "nginx-buffer-sizes"),
});
