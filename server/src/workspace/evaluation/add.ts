/** Storing an option: what stands in a block is stored as often as the block says, and immediate options run at once. */

import { optionOf } from "../../facts/uwsgi";
import { t } from "../../text/l10n";
import { refuse } from "./refuse";
import { BOUNDS, bound, type Callback, type Entry, isBuiltIn, isKnown, type Run, report, type Written } from "./run";
import { known, replaceAll } from "./text";

const CLOSERS: ReadonlySet<string> = new Set(["end", "endfor", "endif", "end-for", "end-if"]);

/** `onlyPlaceholder`: the name must not be an option, and nothing runs. */
export function add(run: Run, written: Written, onlyPlaceholder = false): void {
  if (run.over) return;
  checkLists(run, written);
  if (!run.inBody) {
    if (CLOSERS.has(written.key)) closeBlock(run, written);
    else if (written.key === "else" && run.version.startsWith("2.1")) run.block = undefined;
  }
  if (run.block && !run.inBody) takeTurns(run, written, run.block);
  else store(run, written, onlyPlaceholder);
}

function checkLists(run: Run, { key, places }: Written): void {
  const allowed = (list: string): boolean => list.split(" ").some((name) => name !== "" && name.toLowerCase() === key.toLowerCase());
  const forbid = (message: string): void =>
    report(run, "blacklisted-option", message, places.key, {
      fatal: true,
      data: { option: key },
    });
  if (run.blacklist !== undefined && allowed(run.blacklist))
    forbid(t`The blacklist in force here forbids \`${key}\`: uWSGI refuses to start.`);
  else if (run.whitelist !== undefined && !allowed(run.whitelist))
    forbid(t`The whitelist in force here forbids \`${key}\`: uWSGI refuses to start.`);
}

function closeBlock(run: Run, { key, places }: Written): void {
  if (!run.block) report(run, "stray-closer", t`\`${key}\` closes nothing: no block is open here.`, places.key);
  run.block = undefined;
  run.failed = false;
}

function takeTurns(run: Run, written: Written, block: NonNullable<Run["block"]>): void {
  const outer = run.certain;
  const turns = block.turns(run, block);
  run.inBody = true;
  if (!turns) run.certain = false;
  for (const { by } of turns ?? [{ by: undefined }]) {
    if (run.over) break;
    // The turn before may have set a list.
    checkLists(run, written);
    store(run, { ...written, value: written.value && replaceAll(written.value, "%(_)", typeof by === "string" ? known(by) : by) });
  }
  run.inBody = false;
  run.certain = outer;
}

function store(run: Run, { key, value, places }: Written, onlyPlaceholder = false): void {
  if (run.over) return;
  run.bytes += key.length + (value?.text.length ?? 4) + 1;
  if (run.entries.length >= BOUNDS.options || run.bytes > BOUNDS.bytes)
    bound(run, t`More options come out of this configuration than are looked at here.`, places.option);
  if (run.over) return;
  const entry: Entry = {
    key,
    value,
    raw: value?.text ?? "",
    certain: run.certain,
    places,
    frame: run.frame,
    inherited: run.inherited,
    configured: false,
    immediate: false,
    from: [],
  };
  run.entries.push(entry);
  if (!run.first.has(key)) run.first.set(key, entry);
  if (onlyPlaceholder) {
    entry.configured = true;
    if (isKnown(run, key) === true)
      report(
        run,
        "set-known-option",
        t`\`${key}\` is an option of uWSGI, so it cannot be a placeholder: uWSGI refuses to start. Use \`set\`, or another name.`,
        places.key,
        {
          fatal: true,
          data: { option: key },
        },
      );
    return;
  }
  refuseUnknown(run, key, places);
  runNow(run, entry);
}

/** Under `strict` every name must be an option. */
export function refuseUnknown(run: Run, key: string, places: Entry["places"]): void {
  if (run.strict && isKnown(run, key) === false)
    report(
      run,
      "strict-unknown-option",
      t`\`strict\` is on and \`${key}\` is not an option of uWSGI or of a plugin loaded so far: uWSGI refuses to start. For a placeholder write \`set-placeholder = ${key}=…\`.`,
      places.key,
      {
        fatal: true,
        data: { option: key },
      },
    );
}

function runNow(run: Run, entry: Entry): void {
  if (!usesTemplate(run, entry.key) && !(optionOf(entry.key)?.immediate && isBuiltIn(run, entry.key) !== false)) return;
  entry.immediate = true;
  entry.configured = true;
  runOption(run, entry);
}

/** Runs what the option does, if that is more than keeping its value. */
export function runOption(run: Run, entry: Entry): void {
  const declared = usesTemplate(run, entry.key);
  if (!declared) refuse(run, entry);
  const callback = declared ? run.callbacks.get("declared option") : callbackOf(run, entry.key);
  callback?.(run, entry);
}

/** An option of uWSGI's own wins over a declared one of the same name. */
const usesTemplate = (run: Run, key: string): boolean => run.declared.has(key) && isBuiltIn(run, key) !== true;

const callbackOf = (run: Run, key: string): Callback | undefined =>
  run.callbacks.get(key) ?? run.callbacks.get(optionOf(key)?.callback ?? "");
