import { play } from "./play";
import { SCENARIOS } from "./scenarios/formats";

play("formats", SCENARIOS);
