import "./language.test";
import "./features.test";
