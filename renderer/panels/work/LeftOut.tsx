/** What does not fit and will be left out, folded away where it is long. */
import type { Problem } from '../../../common/contract/work.ts'
import { heard } from '../../texts/heard.ts'
import { t } from '../../texts/t.ts'

export const LeftOut = ({ count, problems }: { count: number; problems: readonly Problem[] }) =>
  count > 0 && (
    <details className="work-left-out" open={count <= 3} data-testid="boxes-problems">
      <summary>
        {t('{count, plural, one {# thing does} other {# things do}} not fit and will be left out', { count })}
      </summary>
      <ul>
        {problems.map((problem, index) => (
          <li key={index}>
            {problem.image !== null && <b>{problem.image}</b>} {heard(problem.message)}
          </li>
        ))}
        {count > problems.length && (
          <li>
            {t('and {count, plural, one {# more thing} other {# more things}}', {
              count: count - problems.length,
            })}
          </li>
        )}
      </ul>
    </details>
  )
