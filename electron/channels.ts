/** Names that the main process and the preload script share. */

/** The page's address inside the app; answered by image-protocol.ts, never by a network. */
export const PAGE_ORIGIN = 'https://maskwright.localhost'
export const CALL_CHANNEL = 'maskwright:call'
export const EVENT_CHANNEL = 'maskwright:event'
/** The preload tells where a file lies that the user dropped on the window. */
export const DROP_CHANNEL = 'maskwright:drop'
