import { play } from "./play";
import { SCENARIOS } from "./scenarios/permissions";

play("permissions", SCENARIOS);
