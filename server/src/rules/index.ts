// Written by scripts/rules-index.mjs (npm run generate) from the files of this folder.
import { bindDenied } from "./stack/bind-denied";
import { bodyLimit } from "./stack/body-limit";
import { chmodWithoutSocket } from "./stack/chmod-without-socket";
import { containerAddress } from "./stack/container-address";
import { daemonizeUnderManager } from "./stack/daemonize-under-manager";
import { duplicateSocket } from "./stack/duplicate-socket";
import { emperorOptionUnused } from "./stack/emperor-option-unused";
import { exposedListener } from "./stack/exposed-listener";
import { localhostAddress } from "./stack/localhost-address";
import { noSuchSocket } from "./stack/no-such-socket";
import { privateTmp } from "./stack/private-tmp";
import { relativeSocket } from "./stack/relative-socket";
import { requestBuffer } from "./stack/request-buffer";
import { requestOver64k } from "./stack/request-over-64k";
import { runtimeFolderNotMade } from "./stack/runtime-folder-not-made";
import { selinuxSocket } from "./stack/selinux-socket";
import { sigtermReloads } from "./stack/sigterm-reloads";
import { socketPermission } from "./stack/socket-permission";
import { systemdInlineComment } from "./stack/systemd-inline-comment";
import { systemdLineContinuation } from "./stack/systemd-line-continuation";
import { timeoutOrder } from "./stack/timeout-order";
import { tyrantRootFile } from "./stack/tyrant-root-file";
import { uidIgnored } from "./stack/uid-ignored";
import { unknownService } from "./stack/unknown-service";
import { unreadBody } from "./stack/unread-body";
import { vassalIgnored } from "./stack/vassal-ignored";
import { vassalSetMagic } from "./stack/vassal-set-magic";
import { wrongProtocol } from "./stack/wrong-protocol";
import { cheaperWorkers } from "./uwsgi/cheaper-workers";
import { inlineComment } from "./uwsgi/inline-comment";
import { listenQueue } from "./uwsgi/listen-queue";
import { missingPath } from "./uwsgi/missing-path";
import { modulePath } from "./uwsgi/module-path";
import { moduleSearchPath } from "./uwsgi/module-search-path";
import { mountScriptName } from "./uwsgi/mount-script-name";
import { pythonApp } from "./uwsgi/python-app";
import { quotedValue } from "./uwsgi/quoted-value";
import { shellVariable } from "./uwsgi/shell-variable";
import { socketAddress } from "./uwsgi/socket-address";
import { unknownOption } from "./uwsgi/unknown-option";
import { unknownUser } from "./uwsgi/unknown-user";
import type { Rule } from "./rule";

export const RULES: readonly Rule[] = [
  bindDenied,
  bodyLimit,
  chmodWithoutSocket,
  containerAddress,
  daemonizeUnderManager,
  duplicateSocket,
  emperorOptionUnused,
  exposedListener,
  localhostAddress,
  noSuchSocket,
  privateTmp,
  relativeSocket,
  requestBuffer,
  requestOver64k,
  runtimeFolderNotMade,
  selinuxSocket,
  sigtermReloads,
  socketPermission,
  systemdInlineComment,
  systemdLineContinuation,
  timeoutOrder,
  tyrantRootFile,
  uidIgnored,
  unknownService,
  unreadBody,
  vassalIgnored,
  vassalSetMagic,
  wrongProtocol,
  cheaperWorkers,
  inlineComment,
  listenQueue,
  missingPath,
  modulePath,
  moduleSearchPath,
  mountScriptName,
  pythonApp,
  quotedValue,
  shellVariable,
  socketAddress,
  unknownOption,
  unknownUser,
];
