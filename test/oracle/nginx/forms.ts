/** Statements with inner grammars of their own: listen, upstream, map, zones, caches, conditions. Each slot is filled right or wrong. */
import { type Random, VALUES } from "./mutate";

const pick = <T>(list: readonly T[], next: Random): T => list[Math.floor(next() * list.length)]!;

/** What a slot may hold, written with bars between; a slot may name others. */
const SLOTS: Readonly<Record<string, string>> = {
  number:
    "0|1|2|5|10|64|512|1000|65535|65536|2147483647|2147483648|4294967296|9223372036854775807|9223372036854775808|-1|1.5|010|1k|x|1e3|+1",
  size: "0|1|64|512|4k|8k|32K|1m|16M|1g|1G|4095|1kb|m|-1k|8796093022208m|9007199254740993k|1.5m|9223372036854775807|9223372036854775808",
  time: "0|1|10|10s|5m|1h|1d|1w|1M|1y|100ms|1h30m|1h 30m|30m1h|1s1s|1d12h|5x|ms|1ms1s|-1s|1.5s|68y|69y|292471208y|2147483647|2147483648|24d|25d|596h|597h|1y1M1w1d1h1m1s|1m1M|10sec|1w1y",
  zone: "a:64k|b:1m|a:32k|a:8k|a|:1m|a:|a:x|a:1m:2|one:10m|a:31k|a:1g",
  address:
    "80|8080|127.0.0.1:80|127.0.0.1|*:80|*:8000|[::1]:80|[::]:80|localhost:80|0|65536|65535|99999|127.0.0.1:0|unix:/a.sock|unix:|8000-8002|8002-8000|127.0.0.1:8000-8001|*|[::1|::1|*:|127.0.0.1:|:80|80x|256.0.0.1:80|1.2.3:80|[::ffff:1.2.3.4]:80|[::1]:80-81|unix:a b|0.0.0.0:80|127.1:80",
  listening:
    "default_server|default|ssl|http2|quic|proxy_protocol|deferred|bind|reuseport|backlog=<number>|rcvbuf=<size>|sndbuf=<size>|fastopen=<number>|setfib=1|accept_filter=x|ipv6only=on|ipv6only=off|ipv6only=x|so_keepalive=on|so_keepalive=off|so_keepalive=<time>:<time>:<number>|so_keepalive=:|so_keepalive=30m::10|so_keepalive=::|spdy|udp|x",
  host: "127.0.0.1|127.0.0.1:81|unix:/a|[::1]:80|127.0.0.1:0|127.0.0.1:65536|127.0.0.1:x|[::1|unix:|127.0.0.1:80/a|http://127.0.0.1|127.0.0.1:80-81|:80|*:80|127.0.0.1:",
  server:
    "weight=<number>|max_conns=<number>|max_fails=<number>|fail_timeout=<time>|backup|down|resolve|service=x|slow_start=1s|route=a|drain|weight|down=1|backup=1",
  variable:
    "$host|$uri|$a|$arg_x|${host}|${uri}x|$hosts|host|$|${|${a|$1|x$host|$http_a_b|$cookie_|$binary_remote_addr|$$host|$Host|$upstream_http_x|$sent_http_",
  own: "$m|$own|${own}|m|$|$host|$http_x|$uri|$args|$arg_a|$1|$limit_rate|$a-b|$M|$cookie_x|$http_host|$sent_http_a|$upstream_http_b|$is_args",
  text: 'a|abc|"a b"|\'x\'|$host|"$uri x"|$hots|""|a$|a$1|${host}b|${x|~a|a\\;b|"a;b"|a{b|\\$host|$binary_remote_addr',
  regex:
    "^/a|~^/a|(a|b)$|\"^/a{2}\"|(|[a|a**|(?<n>x)|(?P<n>x)|(?<1>x)|*a|a\\|(?i)a|\\d+|(?:a)|(?<n>x)(?<n>y)|(?=a)b|[[:alpha:]]|[[:foo:]]|a{2,1}|\\p{L}|\\k<n>|(?<=a)b|(?<=a+)b|\\x{41}|\\1|(a)\\1|(a)\\2|a{1,99999}|[z-a]|(?#c)a|\\Q(\\E|(?>a)|a++|(?R)|\\N|\\C|\\g{1}|(?(1)a)|(?'n'x)|\\u0041|[\\d-z]|[a-\\d]|\\c|(?<a-b>x)",
  replacement: '/b|/b?|/b/$1|http://a/b|https://a$uri|""|$scheme://a|/b$2|$hots|/b?x=1|b|httpx://a|/${x|//a',
  flag: "last|break|redirect|permanent|Last|307||",
  status: "200|204|301|302|303|307|308|400|404|444|499|500|599|600|999|1000|0|99|100|x|-1|200x|$status|4xx|0404",
  target: '/e.html|@e|http://a/b|=200|=404|=|=x|=999|=1000|/e$uri|/e?x|$uri|""|https://a$request_uri|/e$hots',
  network:
    "10.0.0.0/8|10.0.0.1|10.0.0.1/8|10.0.0.0/33|10.0.0.0/0|::1/128|::1/129|2001:db8::/32|all|unix:|10.0.0|x|10.0.0.0-10.0.0.9|10.0.0.9-10.0.0.1|2001:db8::|0.0.0.0/0|::/0|10.0.0.0/|10.0.0.0/x|256.1.1.1|1.2.3.4/32|127.0.0.0/8|::ffff:1.2.3.4|1.2.3.4.5|/8",
  geo: '<network> <text>;|default a;|default a b;|delete <network>;|proxy <network>;|ranges;|proxy_recursive;|include empty;|<network>;|10.0.0.0-10.0.0.9 a;|"10.0.0.0/8" a;|delete 10.0.0.0/8;|<network> <network>;|proxy_recursive x;|ranges x;',
  mapped:
    '<text> <text>;|default <text>;|default a;|~<regex> <text>;|~*<regex> <text>;|hostnames;|volatile;|include empty;|*.a.b a;|.a.b a;|a.* a;|a b c;|\\default a;|hostnames x;|<text>;|*.a.b b;|www.*.a b;|*a.b c;|"~^a b" c;|~ a;|volatile x;|a.b.* c;|default;|"" x;',
  percent: "10%|50%|50.5%|0.01%|0.001%|100%|0%|101%|*|10|x%|99.99%|-1%|%|50.%|.5%|010%",
  rate: "1r/s|10r/m|0r/s|x|1r/h|100000000r/s|1r|1.5r/s|-1r/s|2147483647r/s|r/s|1000r/m",
  zoneuse: "zone=a|zone=b|zone=|zone=nope|a|zone=$host",
  limit: "burst=<number>|nodelay|delay=<number>|burst=|delay|dry_run",
  cache:
    "levels=1:2|levels=1|levels=2:2:2|levels=3|levels=1:|levels=0|levels=1:1:1:1|levels=12|levels=:1|inactive=<time>|max_size=<size>|min_free=<size>|manager_files=<number>|manager_sleep=<time>|manager_threshold=<time>|loader_files=<number>|loader_threshold=<time>|loader_sleep=<time>|use_temp_path=on|use_temp_path=off|use_temp_path=x|purger=on|purger_files=1|x|keys_zone=<zone>|max_size=1t",
  level: "debug|info|notice|warn|error|crit|alert|emerg|loud|ERROR|debug_http|debug_core|warning",
  logging: "buffer=<size>|flush=<time>|gzip|gzip=<number>|if=<variable>|buffer=64k|x|main|combined|buffer=|if=|gzip=9|gzip=10|flush=0",
  resolving: "valid=<time>|ipv6=on|ipv6=off|ipv6=x|status_zone=a|ipv4=off|ipv4=on",
  open: "max=<number>|inactive=<time>|off|min_uses=<number>|valid=<time>|max=10|max=100",
  word: 'on|off|a|b|x|always|max|min|any|""|$host',
  method: "GET|POST|HEAD|PUT|DELETE|MKCOL|COPY|MOVE|OPTIONS|PROPFIND|PROPPATCH|LOCK|UNLOCK|PATCH|TRACE|CONNECT|get|x",
  condition:
    '($host)|($host = a)|($host != "a b")|($host ~ <regex>)|($host ~* <regex>)|($host !~ <regex>)|(-f $uri)|(!-d /a)|(-x a)|(-e $uri$hots)|($host == a)|(host = a)|($host = a b)|( $host )|$host|($host|($host =)|()|(-z a)|(!$host)|( -f a )|($host =a)|($host=a)|($hots)|($1)|("$host" = a)|($host = $arg_a)|(-f)|($host ~)',
  location: '/a|/b|= /a|^~ /a|~ <regex>|~* <regex>|@a|=/a|^~/a|~<regex>|= a|"/a b"|~|=|^~|x|! /a|/a/|@|@a b|~ \\.php$|*.php',
  uri: '$uri|$uri/|/a|=404|=200|@a|=x|=1000|$hots|""|$document_root$uri|=|=999|=0',
  pass: "http://127.0.0.1|http://127.0.0.1:81/a|https://127.0.0.1|http://u|http://u/a|http://$host|$host|127.0.0.1|http://|http:/a|http://unix:/a:/b|http://unix:/a|http://[::1]:80|http://127.0.0.1:x|http://127.0.0.1:65536|HTTP://127.0.0.1|http://127.0.0.1$uri|http://u:80|http://u$uri|http://127.0.0.1:81$hots|ftp://a|http://127.0.0.1:0|http://unix:|http://[::1",
  streampass:
    "127.0.0.1:81|u|unix:/a|$own|$host|[::1]:81|127.0.0.1|u:81|http://127.0.0.1:81|127.0.0.1:x|$remote_addr:81|nope|127.0.0.1:0|unix:|$upstream_addr:1|[::1",
  streamtext:
    '$remote_addr|$binary_remote_addr|$protocol|$ssl_preread_server_name|a|$server_port|"a b"|$host|$hots|$status|$arg_a|$upstream_addr|${remote_addr}|$bytes_sent|$',
  name: 'a.b|*.a.b|.a.b|a.*|www.a.*|*.a.*|*|**|a*b|~^a$|~(|""|_|$hostname|a..b|.|*a|~|~(?<n>.+)\\.b|*.|A.B|~^(?<host>.+)$|a_b|a.b.|~^\\d{2}|"~^\\d{2}"',
  session: "shared:<zone>|builtin|builtin:<number>|off|none|shared:|builtin:|shared:a:64k|x|shared:a:1m builtin:1000",
  protocol: "TLSv1|TLSv1.1|TLSv1.2|TLSv1.3|SSLv2|SSLv3|TLSv1.4|tlsv1.2|all",
  expire:
    "<time>|-1|epoch|max|off|modified <time>|@<time>|@15h30m|@24h|@23h59m|-1h|modified -1h|modified @1h|x|$expires|$host|-|+1h|modified|modified epoch|-0",
  levels: "1|2|1 2|1 2 2|0|3|3 1|1 1 1 1|x|1:2",
  cookie: "~<regex>|/a|$uri|off|~*<regex>|~|a",
  attribute: "secure|httponly|samesite=lax|samesite=strict|samesite=none|nosecure|samesite=x|x|nosamesite|nohttponly|samesite",
  buffers: "4 8k|8 4k|1 4k|2 4k|0 4k|4 0|4|x 4k|4 x|2 1m|100000 4k|4 -1",
  referer: 'none|blocked|server_names|*.a.b|a.*|a.b/c|~<regex>|~|http://a|*.a.*|""|.a.b|a.b|~a',
  code: "200|any|404|301|x|99|1000|100|200x|0|600",
  stale: "error|timeout|invalid_header|http_500|http_502|http_404|http_429|updating|off|http_400|http_403|non_idempotent|x|http_501",
  next: "error|timeout|invalid_header|http_500|http_502|http_404|http_429|off|http_501|non_idempotent|updating|http_403",
  ignore:
    "X-Accel-Redirect|X-Accel-Expires|Expires|Cache-Control|Set-Cookie|Vary|x-accel-expires|X-Foo|X-Accel-Limit-Rate|X-Accel-Buffering|X-Accel-Charset",
  access: "user:rw|group:r|all:rw|user:rw group:r|user:r all:x|x|user|group:rwx|user:|all:wr|user:w|user:rw,group:r",
};

/** A place, and the statements in it. A slot in brackets may be left out. */
const FORMS: readonly (readonly [place: string, form: string])[] = [
  ["server", "listen <address> [<listening>] [<listening>] [<listening>];"],
  ["http", "server { listen <address> [<listening>]; } server { listen <address> [<listening>]; }"],
  ["http", "upstream u { server <host> [<server>] [<server>] [<server>]; }"],
  [
    "http",
    "upstream u { server 127.0.0.1 [<server>]; keepalive <number>; [keepalive_timeout <time>;] [keepalive_requests <number>;] [keepalive_time <time>;] }",
  ],
  ["http", "upstream u { hash <text> [consistent] [x]; server 127.0.0.1 [<server>]; }"],
  ["http", "upstream u { [ip_hash;] [least_conn;] [random;] [hash $uri;] server 127.0.0.1 [<server>]; server 127.0.0.2 [backup]; }"],
  ["http", "upstream u { zone <word> [<size>]; server 127.0.0.1; [random two <word>;] [random <word>;] [random two least_conn;] }"],
  ["http", "map <text> <own> { <mapped> <mapped> [<mapped>] }"],
  ["http", "map_hash_bucket_size <number>; map $uri $m { a b; }"],
  ["http", "geo <own> { <geo> [<geo>] [<geo>] }"],
  ["http", "geo <variable> <own> { [ranges;] <geo> <geo> }"],
  ["http", "split_clients <text> <own> { <percent> a; [<percent> b;] [<percent> $host;] }"],
  ["http", "limit_req_zone <text> zone=<zone> rate=<rate> [sync]; server { limit_req <zoneuse> [<limit>] [<limit>]; }"],
  [
    "http",
    "limit_req_zone $binary_remote_addr zone=a:64k rate=1r/s; server { limit_req <limit> <zoneuse> [<limit>]; limit_req_status <status>; limit_req_log_level <level>; }",
  ],
  ["http", "limit_conn_zone <text> zone=<zone>; server { limit_conn a <number>; [limit_conn a 1;] [limit_conn_status <status>;] }"],
  ["http", "proxy_cache_path cache keys_zone=<zone> [<cache>] [<cache>] [<cache>];"],
  [
    "http",
    "proxy_cache_path cache keys_zone=a:64k [<cache>] [<cache>]; server { proxy_cache <word>; proxy_cache_valid [<code>] [<code>] <time>; }",
  ],
  [
    "location",
    "proxy_cache_use_stale <stale> [<stale>] [<stale>]; proxy_next_upstream <next> [<next>]; proxy_ignore_headers <ignore> [<ignore>];",
  ],
  [
    "location",
    "proxy_cache_methods <method> [<method>]; proxy_cache_min_uses <number>; proxy_cache_key <text>; proxy_cache_bypass <text> [<text>];",
  ],
  ["location", "uwsgi_next_upstream <next>; uwsgi_cache_valid <code> <time>; uwsgi_store <text>; uwsgi_store_access <access>;"],
  ["location", "uwsgi_param <word> <text> [if_not_empty] [x]; uwsgi_modifier1 <number>; uwsgi_modifier2 <number>; uwsgi_pass <host>;"],
  ["location", "fastcgi_param A <text> [if_not_empty]; fastcgi_split_path_info <regex>; fastcgi_index <text>; fastcgi_catch_stderr x;"],
  [
    "location",
    "proxy_buffer_size <size>; proxy_buffers <buffers>; [proxy_busy_buffers_size <size>;] [proxy_max_temp_file_size <size>;] [proxy_temp_file_write_size <size>;]",
  ],
  ["location", "uwsgi_buffer_size <size>; uwsgi_buffers <buffers>; [uwsgi_busy_buffers_size <size>;]"],
  [
    "location",
    "proxy_cookie_path <cookie> <text>; [proxy_cookie_domain <cookie> <text>;] [proxy_cookie_flags <cookie> <attribute> [<attribute>];]",
  ],
  ["location", "proxy_redirect <cookie> <text>; [proxy_pass <pass>;] [proxy_redirect default;] [proxy_redirect off;]"],
  ["http", "upstream u { server 127.0.0.1; } server { location <location> { proxy_pass <pass>; } }"],
  [
    "location",
    "proxy_pass <pass>; [proxy_set_header <text> <text>;] [proxy_set_body <text>;] [proxy_method <method>;] [proxy_http_version <word>;] [proxy_bind <host> [transparent];]",
  ],
  ["server", "location <location> { } [location <location> { }]"],
  ["server", "location <location> { location <location> { } }"],
  ["location", "if <condition> { return <status>; }"],
  ["server", "if <condition> { set <own> <text>; [rewrite <regex> <replacement> <flag>;] }"],
  ["location", "rewrite <regex> <replacement> <flag>;"],
  ["location", "return <status> [<text>];"],
  ["location", "return <replacement>;"],
  ["server", "set <own> <text>; add_header X-A $own [always] [x];"],
  ["location", "error_page <status> [<status>] [=<status>] <target>; [error_page <status> <target>;]"],
  ["location", "try_files <uri> [<uri>] [<uri>];"],
  ["location", "types { a/b <word>; [<word> <word>;] [a/c <word>;] }"],
  ["server", "server_name <name> [<name>] [<name>];"],
  ["http", "server_names_hash_max_size <number>; server_names_hash_bucket_size <number>; server { server_name a.b; }"],
  ["http", "resolver 127.0.0.1 [<resolving>] [<resolving>]; resolver_timeout <time>;"],
  ["http", "resolver <host> [<host>];"],
  ["http", "open_file_cache <open> [<open>]; [open_file_cache_valid <time>;] [open_log_file_cache <open> <open>;]"],
  ["http", "log_format main [escape=json] [escape=x] <text> [<text>]; server { access_log logs/a main [<logging>] [<logging>]; }"],
  ["http", "access_log logs/a <logging> [<logging>] [<logging>];"],
  ["http", "access_log syslog:server=<host>[,facility=local7][,tag=a_b][,tag=a-b][,severity=<level>][,nohostname][,x] [combined];"],
  ["http", "error_log logs/e <level> [<level>];"],
  ["location", "expires <expire>;"],
  ["location", "add_header <text> <text> [<word>]; [add_trailer <text> <text> [always];]"],
  ["location", "<access_rule> <network>; [allow <network>;] [deny <network>;]"],
  ["http", "set_real_ip_from <network>; real_ip_header <text>; real_ip_recursive <word>;"],
  ["location", "limit_except <method> [<method>] { deny <network>; }"],
  ["http", "ssl_session_cache <session>; [ssl_session_timeout <time>;] ssl_protocols <protocol> [<protocol>];"],
  ["http", "ssl_buffer_size <size>; ssl_verify_depth <number>; ssl_ecdh_curve <word>; ssl_ciphers <word>;"],
  [
    "http",
    "client_body_temp_path cache/x <levels>; client_max_body_size <size>; client_body_buffer_size <size>; client_header_buffer_size <size>;",
  ],
  [
    "http",
    "large_client_header_buffers <buffers>; output_buffers <buffers>; postpone_output <size>; sendfile_max_chunk <size>; [connection_pool_size <size>;]",
  ],
  [
    "http",
    "keepalive_timeout <time> [<time>]; keepalive_requests <number>; [keepalive_disable <word>;] client_header_timeout <time>; send_timeout <time>; lingering_time <time>;",
  ],
  ["http", "charset_map a b { <percent> 41; 80 E282AC; [<number> <number>;] } charset <word>; [source_charset <word>;]"],
  ["server", "valid_referers <referer> [<referer>]; if ($invalid_referer) { return <status>; }"],
  ["location", "secure_link <text>; secure_link_md5 <text>; [secure_link_secret a;]"],
  ["location", "sub_filter <text> <text>; sub_filter_once <word>; sub_filter_types <word> [<word>]; [sub_filter <text> <text>;]"],
  [
    "location",
    "gzip <word>; gzip_comp_level <number>; gzip_min_length <size>; gzip_types <word> [<word>]; gzip_buffers <buffers>; gzip_proxied <word>; [gzip_http_version <word>;]",
  ],
  ["location", "userid <word>; userid_expires <expire>; userid_mark <word>; userid_domain <word>; userid_p3p <text>;"],
  ["location", "mirror <text>; mirror_request_body <word>; slice <size>; mp4; mp4_buffer_size <size>; mp4_max_buffer_size <size>;"],
  ["location", "auth_basic <text>; auth_basic_user_file <text>; satisfy <word>; auth_request <text>; auth_request_set <own> <text>;"],
  ["location", "dav_methods <method> [<method>]; dav_access <access>; create_full_put_path <word>; min_delete_depth <number>;"],
  ["location", "autoindex_format <word>; autoindex_exact_size <word>; index <text> [<text>]; disable_symlinks <word> [from=<text>];"],
  ["location", "limit_rate <size>; limit_rate_after <text>; directio <size>; directio_alignment <size>; aio <word>; read_ahead <size>;"],
  ["location", "root <text>; [alias <text>;] [internal;] chunked_transfer_encoding <word>; etag <word>; if_modified_since <word>;"],
  ["location", "alias <text>; default_type <text>; max_ranges <number>; types_hash_max_size <number>; types_hash_bucket_size <number>;"],
  ["location", "memcached_pass <host>; memcached_gzip_flag <number>; memcached_next_upstream <next>; [memcached_bind <host>;]"],
  ["location", "grpc_pass <pass>; [grpc_pass <host>;] [grpc_set_header <text> <text>;]"],
  [
    "http",
    "http2_max_concurrent_streams <number>; http2_recv_buffer_size <size>; http2_chunk_size <size>; [http2_body_preread_size <size>;]",
  ],
  ["http", "variables_hash_max_size <number>; variables_hash_bucket_size <number>; [map_hash_max_size <number>;]"],
  [
    "main",
    "worker_processes <number>; [worker_connections 5;] [worker_priority <number>;] [worker_shutdown_timeout <time>;] [thread_pool a threads=<number> [max_queue=<number>];]",
  ],
  ["main", "worker_cpu_affinity <word> [<number>]; pcre_jit <word>; [worker_rlimit_core <size>;] [worker_aio_requests 5;]"],
  [
    "events",
    "worker_connections <number>; multi_accept <word>; accept_mutex_delay <time>; [use <word>;] [debug_connection <network>;] [worker_aio_requests <number>;]",
  ],
];

/** The same for stream, where nginx can load it. */
const STREAM_FORMS: readonly (readonly [place: string, form: string])[] = [
  ["stream", "server { listen <address> [<listening>] [<listening>]; proxy_pass <streampass>; }"],
  ["stream", "server { listen 81 [<listening>]; } server { listen <address> [<listening>]; return <text>; }"],
  [
    "stream",
    "upstream u { server <host> [<server>] [<server>]; server 127.0.0.1:81; [hash <text> [consistent];] [least_conn;] [random two <word>;] [zone a <size>;] }",
  ],
  [
    "stream",
    "upstream u { server 127.0.0.1:81; } server { listen 81; proxy_pass <streampass>; [proxy_timeout <time>;] [proxy_connect_timeout <time>;] [proxy_bind <host> [transparent];] }",
  ],
  ["stream", "map <streamtext> <own> { <mapped> <mapped> }"],
  ["stream", "geo <own> { <geo> <geo> }"],
  ["stream", "split_clients <streamtext> <own> { <percent> a; [<percent> b;] }"],
  ["stream", "limit_conn_zone <streamtext> zone=<zone>; server { listen 81; limit_conn a <number>; return a; }"],
  ["stream", "log_format main <streamtext> [<text>]; access_log logs/a main [<logging>] [<logging>];"],
  ["stream", "access_log logs/a <logging>;"],
  ["stream", "server { listen 81; <access_rule> <network>; set_real_ip_from <network>; return <streamtext>; }"],
  ["stream", "server { listen 81; return <streamtext>; proxy_pass <streampass>; }"],
  [
    "stream",
    "server { listen 81; proxy_pass 127.0.0.1:82; proxy_upload_rate <size>; proxy_responses <number>; proxy_requests <number>; proxy_buffer_size <size>; }",
  ],
  [
    "stream",
    "resolver 127.0.0.1 [<resolving>]; resolver_timeout <time>; preread_timeout <time>; preread_buffer_size <size>; tcp_nodelay <word>;",
  ],
  ["stream", "server { listen 81; ssl_preread <word>; set <own> <streamtext>; proxy_pass $own:82; variables_hash_max_size 5; }"],
  ["stream", "ssl_session_cache <session>; ssl_protocols <protocol>; ssl_verify_client <word>; proxy_next_upstream_tries <number>;"],
  [
    "stream",
    "server { proxy_pass 127.0.0.1:1; } server { listen <address> udp [reuseport]; listen <address>; proxy_protocol <word>; return a; }",
  ],
];

const PLACES: Readonly<Record<string, readonly [string, string]>> = {
  main: ["", "\nevents {}\nhttp {}"],
  events: ["events {\n", "\n}"],
  http: ["events {} http {\n", "\nserver { location /x { } }\n}"],
  server: ["events {} http { server {\n", "\n} }"],
  location: ["events {} http { server { location /z {\n", "\n} } }"],
  stream: ["events {} stream {\n", "\n}"],
};

/** Fills the slots of a form, one after the other; slots in slots too. */
function fill(form: string, next: Random): string {
  const plain = form.replace(/\[((?:[^[\]]|\[[^[\]]*\])*)\]/g, (_, part: string) => (next() < 0.4 ? part.replace(/[[\]]/g, "") : ""));
  let text = plain;
  for (let depth = 0; depth < 4 && /<\w+>/.test(text); depth++)
    text = text.replace(/(?<![?P])<([a-z_]+)>/g, (whole, slot: string) => {
      const values = slot === "access_rule" ? "allow|deny" : SLOTS[slot];
      if (values === undefined) return whole;
      if (next() < 0.04) return pick(VALUES, next);
      // The first values of a slot are right more often: wrong ones hide what stands behind them.
      const all = values.split(/(?<!\()\|(?!b\))/);
      return next() < 0.5 ? pick(all.slice(0, Math.ceil(all.length / 3)), next) : pick(all, next);
    });
  return text;
}

/** A configuration around one form. `stream`: the file of that module, where there is one. */
export function oneForm(next: Random, stream?: string): string {
  const isStream = stream !== undefined && next() < 0.2;
  const [place, form] = pick(isStream ? STREAM_FORMS : FORMS, next);
  const [before, after] = PLACES[place]!;
  return `${isStream ? `load_module ${stream}; ` : ""}${before}${fill(form, next)}${after}\n`;
}
