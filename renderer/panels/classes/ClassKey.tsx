/** The digits that pick a class, as keys: one, or two with Alt held at the first. */
import { Key } from '../controls/Keys.tsx'
import { Tip } from '../controls/Tip.tsx'
import { t } from '../../texts/t.ts'

export const ClassKey = ({ digits }: { digits: string | undefined }) => {
  if (digits === undefined) return null
  if (digits.length === 1) return <Key name={digits} />
  return (
    <Tip text={t('Alt+{first}, then {second}', { first: digits[0]!, second: digits[1]! })} side="left">
      <span>
        <Key name={digits} />
      </span>
    </Tip>
  )
}
