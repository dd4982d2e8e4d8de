/** Which Debian package brings a plugin. As installed by Debian 12; names without a package are built in there or not packaged. */

const CORE =
  "cache carbon cgi cheaper_backlog2 cheaper_busyness clock_monotonic clock_realtime corerouter echo emperor_amqp emperor_zeromq fastrouter forkptyrouter http logcrypto logfile logpipe logsocket logzmq mongrel2 msgpack nagios notfound pam ping pty rawrouter redislog router_basicauth router_cache router_expires router_hash router_http router_memcached router_metrics router_radius router_redirect router_redis router_rewrite router_static router_uwsgi router_xmldir rpc rrdtool rsyslog signal spooler ssi sslrouter stats_pusher_file stats_pusher_socket stats_pusher_statsd symcall syslog systemd_logger transformation_chunked transformation_gzip transformation_offload transformation_template transformation_tofile transformation_toupper tuntap ugreen webdav xattr zabbix zergpool";

const PACKAGES: ReadonlyMap<string, string> = new Map([
  ...CORE.split(" ").map((plugin) => [plugin, "uwsgi-core"] as const),
  ["python", "uwsgi-plugin-python3"],
  ["asyncio", "uwsgi-plugin-asyncio-python3"],
  ["gevent", "uwsgi-plugin-gevent-python3"],
  ["greenlet", "uwsgi-plugin-greenlet-python3"],
  ["tornado", "uwsgi-plugin-tornado-python3"],
  ["rack", "uwsgi-plugin-rack-ruby3.1"],
  ["jvm", "uwsgi-plugin-jvm-openjdk-17"],
  ["jwsgi", "uwsgi-plugin-jwsgi-openjdk-17"],
  ["ring", "uwsgi-plugin-ring-openjdk-17"],
  ["servlet", "uwsgi-plugin-servlet-openjdk-17"],
  ["lua", "uwsgi-plugin-lua5.2"],
  ["php", "uwsgi-plugin-php"],
  ["alarm_curl", "uwsgi-plugin-alarm-curl"],
  ["alarm_xmpp", "uwsgi-plugin-alarm-xmpp"],
  ["curl_cron", "uwsgi-plugin-curl-cron"],
  ["emperor_pg", "uwsgi-plugin-emperor-pg"],
  ["router_access", "uwsgi-plugin-router-access"],
  ...["fiber", "gccgo", "geoip", "glusterfs", "graylog2", "ldap", "mono", "psgi", "rados", "rbthreads", "sqlite3", "xslt"].map(
    (plugin) => [plugin, `uwsgi-plugin-${plugin}`] as const,
  ),
]);

export const debianPackage = (plugin: string): string | undefined => PACKAGES.get(plugin);

/** Plugins that a `plugin` line may name there. */
export const debianPlugins = (): Iterable<string> => PACKAGES.keys();
