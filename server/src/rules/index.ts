// Written by scripts/rules-index.mjs (npm run generate) from the files of this folder.

import type { Rule } from "./rule";
import { accessAfterReturn } from "./nginx/access-after-return";
import { aliasSlash } from "./nginx/alias-slash";
import { captureOverwritten } from "./nginx/capture-overwritten";
import { conflictingServerName } from "./nginx/conflicting-server-name";
import { deprecatedDirective } from "./nginx/deprecated-directive";
import { headerNotInherited } from "./nginx/header-not-inherited";
import { hostHeaderForwarded } from "./nginx/host-header-forwarded";
import { ifDropsTryFiles } from "./nginx/if-drops-try-files";
import { locationNeverMatches } from "./nginx/location-never-matches";
import { locationShadowed } from "./nginx/location-shadowed";
import { namedLocation } from "./nginx/named-location";
import { nginxAddress } from "./nginx/nginx-address";
import { nginxArguments } from "./nginx/nginx-arguments";
import { nginxBufferSizes } from "./nginx/nginx-buffer-sizes";
import { nginxCondition } from "./nginx/nginx-condition";
import { nginxContext } from "./nginx/nginx-context";
import { nginxDuplicate } from "./nginx/nginx-duplicate";
import { nginxHash } from "./nginx/nginx-hash";
import { nginxIncludeCycle } from "./nginx/nginx-include-cycle";
import { nginxInvalidValue } from "./nginx/nginx-invalid-value";
import { nginxListen } from "./nginx/nginx-listen";
import { nginxLocation } from "./nginx/nginx-location";
import { nginxMissingCertificate } from "./nginx/nginx-missing-certificate";
import { nginxMissingInclude } from "./nginx/nginx-missing-include";
import { nginxMissingSection } from "./nginx/nginx-missing-section";
import { nginxMissingSemicolon } from "./nginx/nginx-missing-semicolon";
import { nginxRegex } from "./nginx/nginx-regex";
import { nginxSyntax } from "./nginx/nginx-syntax";
import { nginxUnknownDirective } from "./nginx/nginx-unknown-directive";
import { nginxUnknownName } from "./nginx/nginx-unknown-name";
import { nginxUnknownVariable } from "./nginx/nginx-unknown-variable";
import { nginxVariableSyntax } from "./nginx/nginx-variable-syntax";
import { oldTls } from "./nginx/old-tls";
import { otherModule } from "./nginx/other-module";
import { paramName } from "./nginx/param-name";
import { paramsMissing } from "./nginx/params-missing";
import { paramsNotInherited } from "./nginx/params-not-inherited";
import { proxyPathIgnored } from "./nginx/proxy-path-ignored";
import { relativeUnixPath } from "./nginx/relative-unix-path";
import { responseSplitting } from "./nginx/response-splitting";
import { statusExposed } from "./nginx/status-exposed";
import { swallowedLine } from "./nginx/swallowed-line";
import { twoHandlers } from "./nginx/two-handlers";
import { upstreamWithoutPort } from "./nginx/upstream-without-port";
import { variableNeedsResolver } from "./nginx/variable-needs-resolver";
import { versionDisclosed } from "./nginx/version-disclosed";
import { zeroTimeout } from "./nginx/zero-timeout";
import { baseFileAsVassal } from "./stack/base-file-as-vassal";
import { belowRootHome } from "./stack/below-root-home";
import { bindDenied } from "./stack/bind-denied";
import { bodyLimit } from "./stack/body-limit";
import { chmodWithoutSocket } from "./stack/chmod-without-socket";
import { containerAddress } from "./stack/container-address";
import { daemonizeUnderManager } from "./stack/daemonize-under-manager";
import { duplicateSocket } from "./stack/duplicate-socket";
import { dynamicParams } from "./stack/dynamic-params";
import { emperorCap } from "./stack/emperor-cap";
import { emperorOptionUnused } from "./stack/emperor-option-unused";
import { emperorSocket } from "./stack/emperor-socket";
import { emperorTarget } from "./stack/emperor-target";
import { exposedListener } from "./stack/exposed-listener";
import { homeFolder } from "./stack/home-folder";
import { httpServerBehindUwsgiPass } from "./stack/http-server-behind-uwsgi-pass";
import { localhostAddress } from "./stack/localhost-address";
import { modifierMissing } from "./stack/modifier-missing";
import { modifierPlugin } from "./stack/modifier-plugin";
import { mountedContext } from "./stack/mounted-context";
import { nginxUser } from "./stack/nginx-user";
import { noSuchSocket } from "./stack/no-such-socket";
import { occupiedPath } from "./stack/occupied-path";
import { onDemandSocket } from "./stack/on-demand-socket";
import { privateTmp } from "./stack/private-tmp";
import { proxyHostLost } from "./stack/proxy-host-lost";
import { relativeSocket } from "./stack/relative-socket";
import { requestBuffer } from "./stack/request-buffer";
import { requestOver64k } from "./stack/request-over-64k";
import { runtimeFolderNotMade } from "./stack/runtime-folder-not-made";
import { schemeLost } from "./stack/scheme-lost";
import { scriptName } from "./stack/script-name";
import { selinuxSocket } from "./stack/selinux-socket";
import { sigtermReloads } from "./stack/sigterm-reloads";
import { socketActivation } from "./stack/socket-activation";
import { socketPermission } from "./stack/socket-permission";
import { systemdInlineComment } from "./stack/systemd-inline-comment";
import { systemdLineContinuation } from "./stack/systemd-line-continuation";
import { tempPathOwner } from "./stack/temp-path-owner";
import { timeoutOrder } from "./stack/timeout-order";
import { typeForking } from "./stack/type-forking";
import { tyrantRootFile } from "./stack/tyrant-root-file";
import { uidIgnored } from "./stack/uid-ignored";
import { unknownService } from "./stack/unknown-service";
import { unreadBody } from "./stack/unread-body";
import { vacuumDenied } from "./stack/vacuum-denied";
import { vassalIgnored } from "./stack/vassal-ignored";
import { vassalIncludeOverrides } from "./stack/vassal-include-overrides";
import { vassalSetMagic } from "./stack/vassal-set-magic";
import { writtenAfterDrop } from "./stack/written-after-drop";
import { wrongProtocol } from "./stack/wrong-protocol";
import { blacklistedOption } from "./uwsgi/blacklisted-option";
import { bufferSizeValue } from "./uwsgi/buffer-size-value";
import { byteOrderMark } from "./uwsgi/byte-order-mark";
import { cheaperWorkers } from "./uwsgi/cheaper-workers";
import { chmodSocketValue } from "./uwsgi/chmod-socket-value";
import { declareWithoutValue } from "./uwsgi/declare-without-value";
import { evaluationLimit } from "./uwsgi/evaluation-limit";
import { geventThreads } from "./uwsgi/gevent-threads";
import { harakiriPostBuffering } from "./uwsgi/harakiri-post-buffering";
import { harakiriWithoutMaster } from "./uwsgi/harakiri-without-master";
import { headerMalformed } from "./uwsgi/header-malformed";
import { immediatePlaceholder } from "./uwsgi/immediate-placeholder";
import { includeCycle } from "./uwsgi/include-cycle";
import { includeExtension } from "./uwsgi/include-extension";
import { includeMissing } from "./uwsgi/include-missing";
import { inlineComment } from "./uwsgi/inline-comment";
import { interpolation } from "./uwsgi/interpolation";
import { jsonError } from "./uwsgi/json-error";
import { jsonNestedValue } from "./uwsgi/json-nested-value";
import { lineContinuation } from "./uwsgi/line-continuation";
import { listenQueue } from "./uwsgi/listen-queue";
import { loggerPlugin } from "./uwsgi/logger-plugin";
import { magicPercent } from "./uwsgi/magic-percent";
import { missingPath } from "./uwsgi/missing-path";
import { modulePath } from "./uwsgi/module-path";
import { moduleSearchPath } from "./uwsgi/module-search-path";
import { mountScriptName } from "./uwsgi/mount-script-name";
import { mountValue } from "./uwsgi/mount-value";
import { nestedBlock } from "./uwsgi/nested-block";
import { noMaster } from "./uwsgi/no-master";
import { noUwsgiSection } from "./uwsgi/no-uwsgi-section";
import { noWorkers } from "./uwsgi/no-workers";
import { numberValue } from "./uwsgi/number-value";
import { optionWithoutListener } from "./uwsgi/option-without-listener";
import { percentAtLineEnd } from "./uwsgi/percent-at-line-end";
import { placeholderOrder } from "./uwsgi/placeholder-order";
import { pluginMissing } from "./uwsgi/plugin-missing";
import { pluginName } from "./uwsgi/plugin-name";
import { pluginNotLoaded } from "./uwsgi/plugin-not-loaded";
import { pluginTwice } from "./uwsgi/plugin-twice";
import { preforkConnection } from "./uwsgi/prefork-connection";
import { privilegedPort } from "./uwsgi/privileged-port";
import { pythonApp } from "./uwsgi/python-app";
import { quotedValue } from "./uwsgi/quoted-value";
import { routerPlugin } from "./uwsgi/router-plugin";
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
import { twoApps } from "./uwsgi/two-apps";
import { unclosedBlock } from "./uwsgi/unclosed-block";
import { undefinedEnvironmentVariable } from "./uwsgi/undefined-environment-variable";
import { undefinedPlaceholder } from "./uwsgi/undefined-placeholder";
import { unknownArgument } from "./uwsgi/unknown-argument";
import { unknownLogVariable } from "./uwsgi/unknown-log-variable";
import { unknownOption } from "./uwsgi/unknown-option";
import { unknownUser } from "./uwsgi/unknown-user";
import { valueMisread } from "./uwsgi/value-misread";
import { valueRefused } from "./uwsgi/value-refused";
import { wsgiFileForm } from "./uwsgi/wsgi-file-form";
import { xmlError } from "./uwsgi/xml-error";
import { xmlNestedElement } from "./uwsgi/xml-nested-element";
import { xmlSplitText } from "./uwsgi/xml-split-text";
import { yamlAlias } from "./uwsgi/yaml-alias";
import { yamlAnchor } from "./uwsgi/yaml-anchor";
import { yamlEmptyValue } from "./uwsgi/yaml-empty-value";
import { yamlError } from "./uwsgi/yaml-error";
import { yamlMisplaced } from "./uwsgi/yaml-misplaced";
import { yamlNestedList } from "./uwsgi/yaml-nested-list";
import { yamlOwnReader } from "./uwsgi/yaml-own-reader";

export const RULES: readonly Rule[] = [
  accessAfterReturn,
  aliasSlash,
  captureOverwritten,
  conflictingServerName,
  deprecatedDirective,
  headerNotInherited,
  hostHeaderForwarded,
  ifDropsTryFiles,
  locationNeverMatches,
  locationShadowed,
  namedLocation,
  nginxAddress,
  nginxArguments,
  nginxBufferSizes,
  nginxCondition,
  nginxContext,
  nginxDuplicate,
  nginxHash,
  nginxIncludeCycle,
  nginxInvalidValue,
  nginxListen,
  nginxLocation,
  nginxMissingCertificate,
  nginxMissingInclude,
  nginxMissingSection,
  nginxMissingSemicolon,
  nginxRegex,
  nginxSyntax,
  nginxUnknownDirective,
  nginxUnknownName,
  nginxUnknownVariable,
  nginxVariableSyntax,
  oldTls,
  otherModule,
  paramName,
  paramsMissing,
  paramsNotInherited,
  proxyPathIgnored,
  relativeUnixPath,
  responseSplitting,
  statusExposed,
  swallowedLine,
  twoHandlers,
  upstreamWithoutPort,
  variableNeedsResolver,
  versionDisclosed,
  zeroTimeout,
  baseFileAsVassal,
  belowRootHome,
  bindDenied,
  bodyLimit,
  chmodWithoutSocket,
  containerAddress,
  daemonizeUnderManager,
  duplicateSocket,
  dynamicParams,
  emperorCap,
  emperorOptionUnused,
  emperorSocket,
  emperorTarget,
  exposedListener,
  homeFolder,
  httpServerBehindUwsgiPass,
  localhostAddress,
  modifierMissing,
  modifierPlugin,
  mountedContext,
  nginxUser,
  noSuchSocket,
  occupiedPath,
  onDemandSocket,
  privateTmp,
  proxyHostLost,
  relativeSocket,
  requestBuffer,
  requestOver64k,
  runtimeFolderNotMade,
  schemeLost,
  scriptName,
  selinuxSocket,
  sigtermReloads,
  socketActivation,
  socketPermission,
  systemdInlineComment,
  systemdLineContinuation,
  tempPathOwner,
  timeoutOrder,
  typeForking,
  tyrantRootFile,
  uidIgnored,
  unknownService,
  unreadBody,
  vacuumDenied,
  vassalIgnored,
  vassalIncludeOverrides,
  vassalSetMagic,
  writtenAfterDrop,
  wrongProtocol,
  blacklistedOption,
  bufferSizeValue,
  byteOrderMark,
  cheaperWorkers,
  chmodSocketValue,
  declareWithoutValue,
  evaluationLimit,
  geventThreads,
  harakiriPostBuffering,
  harakiriWithoutMaster,
  headerMalformed,
  immediatePlaceholder,
  includeCycle,
  includeExtension,
  includeMissing,
  inlineComment,
  interpolation,
  jsonError,
  jsonNestedValue,
  lineContinuation,
  listenQueue,
  loggerPlugin,
  magicPercent,
  missingPath,
  modulePath,
  moduleSearchPath,
  mountScriptName,
  mountValue,
  nestedBlock,
  noMaster,
  noUwsgiSection,
  noWorkers,
  numberValue,
  optionWithoutListener,
  percentAtLineEnd,
  placeholderOrder,
  pluginMissing,
  pluginName,
  pluginNotLoaded,
  pluginTwice,
  preforkConnection,
  privilegedPort,
  pythonApp,
  quotedValue,
  routerPlugin,
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
  twoApps,
  unclosedBlock,
  undefinedEnvironmentVariable,
  undefinedPlaceholder,
  unknownArgument,
  unknownLogVariable,
  unknownOption,
  unknownUser,
  valueMisread,
  valueRefused,
  wsgiFileForm,
  xmlError,
  xmlNestedElement,
  xmlSplitText,
  yamlAlias,
  yamlAnchor,
  yamlEmptyValue,
  yamlError,
  yamlMisplaced,
  yamlNestedList,
  yamlOwnReader,
];
