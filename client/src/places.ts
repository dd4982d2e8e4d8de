// Places in files as the server writes them, and the list of them that a lens opens.
import { commands, type Disposable, Location, Position, Range, Uri } from "vscode";
import type { Place } from "./topology-data";

type At = Place["range"]["start"];

export const showPlacesCommand = "uwsgiNginx.showPlaces";

export const showFolderCommand = "uwsgiNginx.showFolder";

const positionOf = ({ line, character }: At): Position => new Position(line, character);

export const rangeOf = ({ range }: Place): Range => new Range(positionOf(range.start), positionOf(range.end));

/** VS Code's own command wants its classes; what comes from the server is plain data. */
export const showPlaces = (): Disposable =>
  commands.registerCommand(showPlacesCommand, (uri: string, position: At, places: readonly Place[]) =>
    commands.executeCommand(
      "editor.action.showReferences",
      Uri.parse(uri, true),
      positionOf(position),
      places.map((place) => new Location(Uri.parse(place.uri, true), rangeOf(place))),
    ),
  );

/** A folder cannot be opened like a file: it is shown among the others. */
export const showFolder = (): Disposable =>
  commands.registerCommand(showFolderCommand, (uri: string) => commands.executeCommand("revealInExplorer", Uri.parse(uri, true)));
