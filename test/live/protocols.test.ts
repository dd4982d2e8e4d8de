import { play } from "./play";
import { SCENARIOS } from "./scenarios/protocols";

play("protocols", SCENARIOS);
