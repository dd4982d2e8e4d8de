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
import { timeoutOrder } from "./stack/timeout-order";
import { tyrantRootFile } from "./stack/tyrant-root-file";
import { uidIgnored } from "./stack/uid-ignored";
import { unknownService } from "./stack/unknown-service";
import { unreadBody } from "./stack/unread-body";
import { vassalIgnored } from "./stack/vassal-ignored";
import { vassalSetMagic } from "./stack/vassal-set-magic";
import { wrongProtocol } from "./stack/wrong-protocol";
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
  timeoutOrder,
  tyrantRootFile,
  uidIgnored,
  unknownService,
  unreadBody,
  vassalIgnored,
  vassalSetMagic,
  wrongProtocol,
];
