// The TypeScript compiler that is a native program, ten times as fast as the one in JavaScript. That one stays for those
// who need more of it than the command: eslint and typedoc.
import "../node_modules/typescript-7/bin/tsc";
