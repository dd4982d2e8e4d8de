import { play } from "./play";
import { SCENARIOS } from "./scenarios/deployment";

play("deployment", SCENARIOS);
