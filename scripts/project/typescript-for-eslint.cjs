// Loaded before ESLint runs over src/: its rules for TypeScript need the compiler's old programming interface, which TypeScript 7 at the
// root no longer has. Whoever asks for `typescript` gets the version 5 that the cards have beside them.
const Module = require('node:module');
const path = require('node:path');

const version5 = require.resolve('typescript', { paths: [path.join(__dirname, '../../src/app/cards')] });
const resolveFilename = Module._resolveFilename;

Module._resolveFilename = function resolve(request, ...rest) {
  return request === 'typescript' ? version5 : resolveFilename.call(this, request, ...rest);
};
