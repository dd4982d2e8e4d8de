import { play } from "./play";
import { SCENARIOS } from "./scenarios/requests";

play("requests", SCENARIOS);
