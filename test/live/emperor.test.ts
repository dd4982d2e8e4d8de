import { play } from "./play";
import { SCENARIOS } from "./scenarios/emperor";

play("emperor", SCENARIOS);
