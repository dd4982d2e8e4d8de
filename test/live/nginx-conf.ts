/** A whole file of nginx around what its `http` says. */
export const nginxConf = (http: string): string => `user www-data;
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
