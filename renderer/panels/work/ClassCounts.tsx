/** A table of classes that come in, with how many objects of each, and which are new or have no name. */
import { count } from '../words.ts'
import { t } from '../../texts/t.ts'

export interface ClassCount {
  readonly name: string
  readonly count: number
  readonly isNew: boolean
  readonly isNameless: boolean
}

export const ClassCounts = ({
  classes,
  total,
  unit,
}: {
  classes: readonly ClassCount[]
  /** Of all classes; those that are not listed are counted. */
  total: number
  /** The head of the column of counts. */
  unit: string
}) => (
  <table className="boxes-classes" data-testid="boxes-classes">
    <thead>
      <tr>
        <th scope="col">{t('Class')}</th>
        <th scope="col">{unit}</th>
      </tr>
    </thead>
    <tbody>
      {classes.map(({ name, count: number, isNew, isNameless }) => (
        <tr key={name}>
          <td>
            <span className="boxes-class">{name}</span>
            {isNameless ? (
              <span className="boxes-mark warn">{t('has no name')}</span>
            ) : (
              isNew && <span className="boxes-mark">{t('new')}</span>
            )}
          </td>
          <td>{count(number)}</td>
        </tr>
      ))}
      {total > classes.length && (
        <tr>
          <td>{t('and {count, number} more', { count: total - classes.length })}</td>
          <td />
        </tr>
      )}
    </tbody>
  </table>
)
