/** The process under test: `node test/fuzz/process.ts TARGET`, started by watched.ts. */
import { serveTarget } from './serve.ts'
import { targets } from './targets.ts'

const [, , name] = process.argv
const target = targets.find((one) => one.name === name)
if (target === undefined) throw new Error(`There is no target "${name}".`)
await serveTarget(target)
