/** Everything people wrote about both programs. Large, so it is loaded when it is first asked for. */
import { loadNginxDocs, type NginxDocs } from "../facts/nginx-docs";
import { loadNotes, type Notes } from "../facts/notes";

export type Texts = { readonly notes: Notes; readonly nginx: NginxDocs };

export async function loadTexts(): Promise<Texts> {
  const [notes, nginx] = await Promise.all([loadNotes(), loadNginxDocs()]);
  return { notes, nginx };
}
