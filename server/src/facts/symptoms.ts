/**
 * From a line of a log to what may be behind it. Every line was seen on nginx 1.22 and uWSGI 2.0; the causes are those that were seen with
 * it, likeliest first. `rules` names the rules that find the cause in the configuration.
 */
import { NGINX_START, NGINX_UPSTREAM } from "./symptoms-nginx";
import { EMPEROR, UWSGI_RUN, UWSGI_START } from "./symptoms-uwsgi";

export type Symptom = {
  readonly program: "nginx" | "uWSGI" | "the application";
  readonly pattern: RegExp;
  /** How it looks in the log, without the time and what follows. */
  readonly line: string;
  /** What the line says, for somebody who has never seen it. Markdown. */
  readonly says: () => string;
  readonly rules: readonly string[];
  /** Causes outside of the configuration, and where to look. */
  readonly also?: () => string;
  /** What the very numbers or names of the line tell. */
  readonly detail?: (match: RegExpExecArray) => string | undefined;
};

export const SYMPTOMS: readonly Symptom[] = [...NGINX_UPSTREAM, ...NGINX_START, ...UWSGI_START, ...EMPEROR, ...UWSGI_RUN];

/** No line of a log is longer and still worth reading. */
const MOST = 4096;

/** What explains a line, or each line of an excerpt: every symptom once. */
export function symptomsIn(text: string): readonly { readonly symptom: Symptom; readonly match: RegExpExecArray }[] {
  const found = new Map<Symptom, RegExpExecArray>();
  for (const line of text.split(/\r?\n/).slice(0, 200)) {
    for (const symptom of SYMPTOMS) {
      const match = found.has(symptom) ? null : symptom.pattern.exec(line.slice(0, MOST));
      if (match) found.set(symptom, match);
    }
  }
  return Array.from(found, ([symptom, match]) => ({ symptom, match }));
}
