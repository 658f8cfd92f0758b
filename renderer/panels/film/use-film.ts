/** Asks, while the dialog of films is open, whether films can be opened here, what a film is, and where its frames go. */
import { useEffect, useState } from 'react'
import type { CallOutput } from '../../../common/contract.ts'
import { hasCode, toErrorReply } from '../../../common/errors.ts'
import { isFilmName } from '../../../common/film.ts'
import type { Client } from '../../../common/rpc.ts'
import { useSession } from '../../state/session-context.ts'
import { t } from '../../texts/t.ts'
import { pathOf } from '../paths.ts'

interface Tool {
  /** Null until the core has answered. */
  readonly answer: CallOutput<'film.tool'> | null
  /** It was looked for again, and was not there. */
  readonly stillMissing: boolean
  readonly busy: boolean
  look(): void
}

export const useFilmTool = (): Tool => {
  const { client } = useSession()
  const [answer, setAnswer] = useState<Tool['answer']>(null)
  const [looks, setLooks] = useState(0)
  const [told, setTold] = useState(-1)
  useEffect(() => {
    let current = true
    const hear = (tool: CallOutput<'film.tool'>) => {
      if (!current) return
      setAnswer(tool)
      setTold(looks)
    }
    client.call('film.tool', {}).then(hear, () => hear({ isThere: false, install: null }))
    return () => {
      current = false
    }
  }, [client, looks])
  return {
    answer,
    stillMissing: told > 0 && answer?.isThere === false,
    busy: told !== looks,
    look: () => setLooks(looks + 1),
  }
}

type Place = CallOutput<'film.place'>

interface Film {
  readonly look: CallOutput<'film.look'> | null
  readonly place: Place | null
  readonly problem: string | null
  readonly busy: boolean
  /** Proposes a folder in this one. */
  putInto(folder: string): Promise<Place>
}

type Known = Omit<Film, 'busy' | 'putInto'> & { readonly path: string }

const unknown: Known = { path: '', look: null, place: null, problem: null }

const ask = async (client: Client, path: string): Promise<Known> => {
  try {
    const look = await client.call('film.look', { film: path })
    return { path, look, place: await client.call('film.place', { film: path, folder: null }), problem: null }
  } catch (thrown) {
    const problem = hasCode(thrown, 'cancelled')
      ? t('The file was not allowed.')
      : toErrorReply(thrown).message
    return { ...unknown, path, problem }
  }
}

/** @param typed the path as typed: a half of one asks nothing */
export const useFilm = (typed: string, isReady: boolean): Film => {
  const { client } = useSession()
  const [known, setKnown] = useState(unknown)
  const path = pathOf(typed)
  const wanted = isReady && isFilmName(path) ? path : ''
  useEffect(() => {
    if (wanted === '') return
    let current = true
    void ask(client, wanted).then((answer) => current && setKnown(answer))
    return () => {
      current = false
    }
  }, [client, wanted])
  const shown = known.path === wanted ? known : unknown
  return {
    ...shown,
    busy: known.path !== wanted && wanted !== '',
    async putInto(folder) {
      const place = await client.call('film.place', { film: wanted, folder })
      setKnown((now) => (now.path === wanted ? { ...now, place } : now))
      return place
    },
  }
}
