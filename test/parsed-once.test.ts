/** A uWSGI file that is evaluated as it is written is parsed once, for the rules and for the process. */
import { expect, it } from "vitest";
import { stackOf } from "../server/src/stack/stack";
import { Workspace } from "../server/src/workspace/workspace";

function places(text: string) {
  const workspace = new Workspace();
  const document = workspace.set("file:///app.ini", text);
  const written = document.all.filter(({ directive }) => !directive.body).map(({ directive }) => directive.span);
  const [instance] = stackOf(workspace).startedFrom(document.uri);
  return { written, evaluated: (instance?.effective.settings ?? []).flatMap(({ origin }) => origin?.span ?? []) };
}

it("where nothing is replaced before it is parsed, both have the same tree", () => {
  const { written, evaluated } = places("[uwsgi]\nname = app\nsocket = /run/%(name).sock\n");
  expect(evaluated.length).toBe(2);
  for (const [index, span] of evaluated.entries()) expect(span).toBe(written[index]);
});

it("where letters are replaced, the places are those of what is written", () => {
  const { written, evaluated } = places("[uwsgi]\nsocket = /run/%n.sock\nenv = A=100%%\nenv = B=%(x)%\n");
  expect(evaluated).toEqual(written);
  expect(evaluated[0]).not.toBe(written[0]);
});
