import { channel } from 'node:diagnostics_channel';
import process from 'node:process';
import type { Connection } from './connection.ts';

/** How the connections to one file come to their end. One of the two ways has to be taken. */
export interface Closing {
  /** The last connection that may write brings what is in the log into the file, and takes log and memory away. Once more does nothing. */
  tidily(): void;
  /** Leaves everything beside the file as it is. Once more does nothing. */
  untouched(): void;
}

// Node keeps who listens, and only one of them asks the process, which warns of more than ten.
const leaving = channel('@crossdock/core/sqlite: the process ends');
const leave = () => leaving.publish(undefined);

/**
 * When a part of the file was deleted or replaced, the log that this process has open is older than what others have stored
 * since, and SQLite would write it over that. It does so for the last connection that may write: so the writer is closed while
 * the reader, which may not, has the file as well. Until then both are held, because what the process forgets is closed in any
 * order. A thread that somebody else ends is told nothing: for it `openFile` makes them so that the reader is closed last.
 * `atTheEnd` is called before the process, or the thread, ends without having closed them.
 */
export function closingOf(writer: Connection, reader: Connection, atTheEnd: () => void): Closing {
  let isClosed = false;
  const untouched = () => {
    if (isClosed) return;
    isClosed = true;
    leaving.unsubscribe(left);
    writer.close();
    reader.close();
  };
  const left = () => {
    try {
      atTheEnd();
    } finally {
      untouched();
    }
  };
  leaving.subscribe(left);
  if (!process.listeners('exit').includes(leave)) process.on('exit', leave);
  return {
    untouched,
    tidily() {
      if (isClosed) return;
      isClosed = true;
      leaving.unsubscribe(left);
      reader.close();
      writer.close();
    },
  };
}
