/** The language server as a program of its own: what the editor's extension starts. */
import { serve } from "./server";

serve(process.argv.slice(2));
