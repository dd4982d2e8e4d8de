/** What one of the files around a deployment says: picks the reader by the file's language. */
import type { Document } from "../model/document";
import type { LanguageId } from "../model/language";
import { type Deployment, NOTHING } from "./deploy";
import { readCrontab, readTmpfiles } from "./deploy/boot-folders";
import { readCompose } from "./deploy/compose";
import { readDockerfile } from "./deploy/dockerfile";
import { readKubernetes } from "./deploy/kubernetes";
import { readOther, readShell } from "./deploy/scripts";
import { readSupervisor } from "./deploy/supervisor";
import { readSystemd } from "./deploy/systemd";

/** Files that describe a deployment are small; what is larger is something else. Characters. */
const MAX_LENGTH = 512 * 1024;

const READERS: Readonly<Partial<Record<LanguageId, (document: Document) => Deployment>>> = {
  systemd: readSystemd,
  compose: readCompose,
  dockerfile: readDockerfile,
  kubernetes: readKubernetes,
  supervisor: readSupervisor,
  tmpfiles: readTmpfiles,
  crontab: readCrontab,
  shell: readShell,
  other: readOther,
};

/** Uses the document's text only and never throws: what cannot be read says nothing. */
export function deploymentOf(document: Document): Deployment {
  if (document.text.length > MAX_LENGTH) return NOTHING;
  // A script that writes a unit file looks like one.
  if (document.language === "systemd" && document.text.startsWith("#!")) return readShell(document);
  return READERS[document.language]?.(document) ?? NOTHING;
}
