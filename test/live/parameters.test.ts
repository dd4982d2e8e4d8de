import { play } from "./play";
import { SCENARIOS } from "./scenarios/parameters";

play("parameters", SCENARIOS);
