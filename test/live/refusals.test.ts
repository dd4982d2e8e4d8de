import { play } from "./play";
import { SCENARIOS } from "./scenarios/refusals";

play("refusals", SCENARIOS);
