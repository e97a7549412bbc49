/*
 * Preloaded into jsii's Node: lets the AWS provider's package load its modules on demand.
 *
 * The package's lib/index.js requires all of its 2,135 modules at once, which costs two seconds
 * and half a gigabyte; a synth needs about sixty. What that one file requires is stood in for by
 * an object that loads the module when it is first asked for something.
 */
"use strict";

const Module = require("node:module");

const INDEX = /[\\/]@cdktf[\\/]provider-aws[\\/](?:.*[\\/])?lib[\\/]index\.js$/;

const load = Module._load;

Module._load = function loadOnDemand(request, parent, isMain) {
  if (!request.startsWith("./") || !INDEX.test(parent?.filename ?? "")) {
    return load.call(this, request, parent, isMain);
  }
  let loaded;
  const module = () => (loaded ??= load.call(Module, request, parent, false));
  return new Proxy(
    {},
    {
      get: (_, name) => module()[name],
      has: (_, name) => name in module(),
      ownKeys: () => Reflect.ownKeys(module()),
      // A proxy may only tell of properties that its own target could come to have.
      getOwnPropertyDescriptor: (_, name) => {
        const own = Object.getOwnPropertyDescriptor(module(), name);
        return own && { ...own, configurable: true };
      },
    },
  );
};
