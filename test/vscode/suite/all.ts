import "./language.test";
import "./features.test";
import "./effective.test";
import "./topology.test";
import "./changes.test";
import "./tools.test";
import "./config-file.test";
import "./crash.test";
