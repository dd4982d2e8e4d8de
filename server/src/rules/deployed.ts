/** What rules ask of the files that deploy and start things. */
import type { Document } from "../model/document";
import type { LanguageId } from "../model/language";
import type { Workspace } from "../workspace/workspace";

/** Languages with command lines of uWSGI. */
export const COMMANDS: readonly LanguageId[] = ["systemd", "supervisor", "compose", "dockerfile", "shell", "kubernetes"];

/** Files that may write or change others when an image is built or a container starts. */
export const scriptsOf = (workspace: Workspace): readonly Document[] => [...workspace.of("shell"), ...workspace.of("dockerfile")];
