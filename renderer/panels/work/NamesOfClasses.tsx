/** Where the names of classes that come in are from, and which of the classes have none. */
import { TriangleAlert } from 'lucide-react'
import { MiddleCut } from '../controls/MiddleCut.tsx'
import type { ClassCount } from './ClassCounts.tsx'
import { t } from '../../texts/t.ts'

export const NamesOfClasses = ({
  namesFrom,
  classes,
  dialog,
}: {
  /** Null when they are in no file. */
  namesFrom: string | null
  classes: readonly Pick<ClassCount, 'isNameless'>[]
  /** Begins the test id. */
  dialog: string
}) => {
  const nameless = classes.filter(({ isNameless }) => isNameless).length
  return (
    <>
      {namesFrom !== null && (
        <p className="boxes-names" title={namesFrom}>
          {t('Names of classes:')} <MiddleCut name={namesFrom} />
        </p>
      )}
      {nameless > 0 && (
        <p className="boxes-warning" data-testid={`${dialog}-nameless`}>
          <TriangleAlert size={14} aria-hidden />
          <span>
            {t(
              '{count, plural, =1 {One class has a number that no name was found for. Go back and give the file with the names, or go on and rename it later.} other {# classes have numbers that no name was found for. Go back and give the file with the names, or go on and rename them later.}}',
              { count: nameless },
            )}
          </span>
        </p>
      )}
    </>
  )
}
