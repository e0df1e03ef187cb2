/**
 * What server/dist/commands.cjs is: runs the bundle beside it with the code that V8 made of it when it was built. Compiling
 * takes as long as all the rest of a start. Another V8 does not take that code, and compiles.
 */
const { readFileSync, renameSync, writeFileSync } = require('node:fs')
const { Script, constants } = require('node:vm')

const bundle = __filename.replace(/\.cjs$/, '.bundle.cjs')
const codeFile = `${bundle}.code`

// The bundle is ASCII, and is read faster as what it is.
const script = new Script(
  `(function (exports, require, module, __filename, __dirname) {${readFileSync(bundle, 'latin1')}\n})`,
  {
    filename: bundle,
    cachedData: codeOf(codeFile),
    importModuleDynamically: constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
  },
)
script.runInThisContext()(exports, require, module, bundle, __dirname)

if (require.main === module && process.argv[2] === '--keep-code') {
  writeFileSync(`${codeFile}.${process.pid}`, script.createCachedData())
  renameSync(`${codeFile}.${process.pid}`, codeFile)
}

function codeOf(file) {
  try {
    return readFileSync(file)
  } catch {
    return undefined
  }
}
