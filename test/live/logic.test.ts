import { play } from "./play";
import { SCENARIOS } from "./scenarios/logic";

play("logic", SCENARIOS);
