import { play } from "./play";
import { SCENARIOS } from "./scenarios/binding";

play("binding", SCENARIOS);
