/** What a row of a list makes only for the mouse; see Row.tsx. */
import { createContext } from 'react'

/** False in a row that the mouse has not come to. */
export const NearContext = createContext(true)
