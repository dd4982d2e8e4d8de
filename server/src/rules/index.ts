// Written by scripts/rules-index.mjs (npm run generate) from the files of this folder.
import { containerAddress } from "./stack/container-address";
import { localhostAddress } from "./stack/localhost-address";
import { noSuchSocket } from "./stack/no-such-socket";
import { socketPermission } from "./stack/socket-permission";
import { unknownService } from "./stack/unknown-service";
import { wrongProtocol } from "./stack/wrong-protocol";
import type { Rule } from "./rule";

export const RULES: readonly Rule[] = [
  containerAddress,
  localhostAddress,
  noSuchSocket,
  socketPermission,
  unknownService,
  wrongProtocol,
];
