import "./language.test";
import "./features.test";
import "./topology.test";
