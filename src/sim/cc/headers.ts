// The headers that `#include <…>` finds: their text by name, as real C that gcc accepts too.
import { linuxHeaders } from './headers/linux.ts'
import { posixHeaders } from './headers/posix.ts'
import { standardHeaders } from './headers/standard.ts'

/** The text of each header by the name between the angle brackets. They lie in /usr/include for messages. */
export const headers: ReadonlyMap<string, string> = new Map(
  [standardHeaders, posixHeaders, linuxHeaders].flatMap((group) =>
    Object.entries(group).map(([name, text]): [string, string] => [name, text.replace(/^\n/, '')]),
  ),
)
