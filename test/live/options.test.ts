import { play } from "./play";
import { SCENARIOS } from "./scenarios/options";

play("options", SCENARIOS);
