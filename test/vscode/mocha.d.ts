// The browser build of mocha is a script without types of its own; it puts `mocha` on the global object.
declare module "mocha/mocha.js";
