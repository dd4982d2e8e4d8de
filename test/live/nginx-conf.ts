/** A whole file of nginx around what its `http` says; without a `worker` it names no user. */
export const nginxConf = (http: string, worker = "www-data"): string => `${worker === "" ? "" : `user ${worker};\n`}worker_processes 1;
error_log /var/log/nginx/error.log;
pid /run/nginx.pid;

events {
    worker_connections 64;
}

http {
    access_log off;
    ${http}
}
`;
