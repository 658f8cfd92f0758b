/** What does not fit and will be left out, folded away where it is long. */
import type { Problem } from '../../../common/contract/work.ts'
import { plural } from '../words.ts'

export const LeftOut = ({ count, problems }: { count: number; problems: readonly Problem[] }) =>
  count > 0 && (
    <details className="work-left-out" open={count <= 3} data-testid="boxes-problems">
      <summary>{plural(count, 'thing does', 'things do')} not fit and will be left out</summary>
      <ul>
        {problems.map((problem, index) => (
          <li key={index}>
            {problem.image !== null && <b>{problem.image}</b>} {problem.message}
          </li>
        ))}
        {count > problems.length && <li>and {plural(count - problems.length, 'more thing')}</li>}
      </ul>
    </details>
  )
