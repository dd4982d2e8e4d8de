/** Rules that no scenario shows, and what the machine would need. */
export const NOT_SHOWN: ReadonlyMap<string, string> = new Map([
  ["gevent-threads", "gevent itself, which Debian's uWSGI does not bring"],
  ["selinux-socket", "a kernel that enforces SELinux"],
  ["plugin-missing", "to be asked on the machine itself, as show-config does"],
  ["undefined-environment-variable", "to be asked on the machine itself, as show-config does"],
  ["yaml-own-reader", "a uWSGI that was built without libyaml"],
]);
