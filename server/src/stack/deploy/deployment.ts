/** What one of the files around a deployment says: picks the reader by the file's language. */
import type { Document } from "../../model/document";
import type { LanguageId } from "../../model/language";
import { type Deployment, NOTHING } from "../deploy";
import { readCompose } from "./compose";
import { readDockerfile } from "./dockerfile";
import { readSystemd } from "./systemd";

/** Files that describe a deployment are small; what is larger is something else. Characters. */
const MAX_LENGTH = 512 * 1024;

const READERS: Readonly<Partial<Record<LanguageId, (document: Document) => Deployment>>> = {
  systemd: readSystemd,
  compose: readCompose,
  dockerfile: readDockerfile,
};

/** Uses the document's text only and never throws: what cannot be read says nothing. */
export function deploymentOf(document: Document): Deployment {
  if (document.text.length > MAX_LENGTH) return NOTHING;
  return READERS[document.language]?.(document) ?? NOTHING;
}
