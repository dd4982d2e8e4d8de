import { play } from "./play";
import { SCENARIOS } from "./scenarios/buffers";

play("buffers", SCENARIOS);
