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
import { blacklistedOption } from "./uwsgi/blacklisted-option";
import { byteOrderMark } from "./uwsgi/byte-order-mark";
import { cheaperWorkers } from "./uwsgi/cheaper-workers";
import { declareWithoutValue } from "./uwsgi/declare-without-value";
import { evaluationLimit } from "./uwsgi/evaluation-limit";
import { headerMalformed } from "./uwsgi/header-malformed";
import { immediatePlaceholder } from "./uwsgi/immediate-placeholder";
import { includeCycle } from "./uwsgi/include-cycle";
import { includeExtension } from "./uwsgi/include-extension";
import { includeMissing } from "./uwsgi/include-missing";
import { inlineComment } from "./uwsgi/inline-comment";
import { listenQueue } from "./uwsgi/listen-queue";
import { missingPath } from "./uwsgi/missing-path";
import { modulePath } from "./uwsgi/module-path";
import { moduleSearchPath } from "./uwsgi/module-search-path";
import { mountScriptName } from "./uwsgi/mount-script-name";
import { nestedBlock } from "./uwsgi/nested-block";
import { percentAtLineEnd } from "./uwsgi/percent-at-line-end";
import { placeholderOrder } from "./uwsgi/placeholder-order";
import { pluginMissing } from "./uwsgi/plugin-missing";
import { pluginTwice } from "./uwsgi/plugin-twice";
import { preforkConnection } from "./uwsgi/prefork-connection";
import { pythonApp } from "./uwsgi/python-app";
import { quotedValue } from "./uwsgi/quoted-value";
import { sectionMissing } from "./uwsgi/section-missing";
import { selfReference } from "./uwsgi/self-reference";
import { setKnownOption } from "./uwsgi/set-known-option";
import { setWithoutValue } from "./uwsgi/set-without-value";
import { shellVariable } from "./uwsgi/shell-variable";
import { socketAddress } from "./uwsgi/socket-address";
import { stopsHere } from "./uwsgi/stops-here";
import { strayCloser } from "./uwsgi/stray-closer";
import { strictUnknownOption } from "./uwsgi/strict-unknown-option";
import { threadsForAgent } from "./uwsgi/threads-for-agent";
import { unclosedBlock } from "./uwsgi/unclosed-block";
import { undefinedEnvironmentVariable } from "./uwsgi/undefined-environment-variable";
import { undefinedPlaceholder } from "./uwsgi/undefined-placeholder";
import { unknownArgument } from "./uwsgi/unknown-argument";
import { unknownLogVariable } from "./uwsgi/unknown-log-variable";
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
  blacklistedOption,
  byteOrderMark,
  cheaperWorkers,
  declareWithoutValue,
  evaluationLimit,
  headerMalformed,
  immediatePlaceholder,
  includeCycle,
  includeExtension,
  includeMissing,
  inlineComment,
  listenQueue,
  missingPath,
  modulePath,
  moduleSearchPath,
  mountScriptName,
  nestedBlock,
  percentAtLineEnd,
  placeholderOrder,
  pluginMissing,
  pluginTwice,
  preforkConnection,
  pythonApp,
  quotedValue,
  sectionMissing,
  selfReference,
  setKnownOption,
  setWithoutValue,
  shellVariable,
  socketAddress,
  stopsHere,
  strayCloser,
  strictUnknownOption,
  threadsForAgent,
  unclosedBlock,
  undefinedEnvironmentVariable,
  undefinedPlaceholder,
  unknownArgument,
  unknownLogVariable,
  unknownOption,
  unknownUser,
];
