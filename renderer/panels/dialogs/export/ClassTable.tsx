/** Classes with their numbers and how many objects of each were written, by side where images were divided. */
import type { ExportReport } from '../../../../common/contract/export.ts'
import { msg } from '../../../../common/said.ts'
import { formatOf } from '../../../../common/formats.ts'
import { count } from '../../words.ts'
import { t } from '../../../texts/t.ts'

const sideNames = [
  ['train', msg('Train')],
  ['val', msg('Validation')],
  ['test', msg('Test')],
] as const

export const ClassTable = ({ format, classes }: Pick<ExportReport, 'format' | 'classes'>) => {
  const { firstClass } = formatOf(format)
  const on = sideNames.filter(([side]) => classes.some(({ sides }) => (sides?.[side] ?? 0) > 0))
  return (
    <div className="class-table">
      <table data-testid="export-class-table">
        <thead>
          <tr>
            <th scope="col">{t('Class')}</th>
            {firstClass !== null && <th scope="col">{t('Number')}</th>}
            <th scope="col">{t('Objects')}</th>
            {on.map(([side, name]) => (
              <th key={side} scope="col">
                {t(name)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {classes.map(({ name, objects, sides }, index) => (
            <tr key={name} data-none={objects === 0 ? '' : undefined}>
              <th scope="row">{name}</th>
              {firstClass !== null && <td className="dim">{index + firstClass}</td>}
              <td>{count(objects)}</td>
              {on.map(([side]) => (
                <td key={side}>{count(sides?.[side] ?? 0)}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
