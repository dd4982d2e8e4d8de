import { play } from "./play";
import { SCENARIOS } from "./scenarios/addresses";

play("addresses", SCENARIOS);
