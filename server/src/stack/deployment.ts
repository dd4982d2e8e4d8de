import type { Document } from "../model/document";
import { type Deployment, NOTHING } from "./deploy";

export function deploymentOf(_document: Document): Deployment {
  return NOTHING;
}
