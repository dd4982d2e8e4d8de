/** What one of the files around a deployment says: picks the reader by the file's language. */
import type { Document } from "../../model/document";
import { type Deployment, NOTHING } from "../deploy";
import { readSystemd } from "./systemd";

/** Files that describe a deployment are small; what is larger is something else. Characters. */
const MAX_LENGTH = 512 * 1024;

/** Uses the document's text only and never throws: what cannot be read says nothing. */
export function deploymentOf(document: Document): Deployment {
  if (document.text.length > MAX_LENGTH) return NOTHING;
  if (document.language === "systemd") return readSystemd(document);
  return NOTHING;
}
