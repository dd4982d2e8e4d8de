/** The formats in which uWSGI reads its options, brought to the same tree. */
export { parseUwsgiFile as parseUwsgiFormat } from "../syntax/uwsgi-formats";
