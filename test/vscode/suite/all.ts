import "./language.test";
