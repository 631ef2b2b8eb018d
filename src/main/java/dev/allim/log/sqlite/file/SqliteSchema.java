package dev.allim.log.sqlite.file;

import java.sql.SQLException;
import java.util.List;

/**
 * The tables, and the way to them from every version that was released: migration n leads from
 * version n to n + 1. Described in src/docs/history.md.
 *
 * <p>An index costs every append a page of the write-ahead log where topics are many: hence a
 * notification without a key is in one index by topic only, and one with a key in two.
 */
final class SqliteSchema {
  /** "Alli" in ASCII: by it a file is known as ours ({@code file allim.db} shows it too). */
  static final int APPLICATION_ID = 0x416C6C69;

  private static final List<String> MIGRATIONS =
      List.of(
          """
          CREATE TABLE event (
            position INTEGER PRIMARY KEY,
            id TEXT NOT NULL,
            topic TEXT NOT NULL,
            alternates TEXT,
            event TEXT,
            key TEXT,
            retry INTEGER,
            published INTEGER NOT NULL,
            expires INTEGER,
            data TEXT NOT NULL
          ) STRICT;
          CREATE UNIQUE INDEX event_id ON event (id);
          CREATE INDEX event_by_topic ON event (topic) WHERE key IS NULL;
          CREATE INDEX event_by_keyed_topic ON event (topic) WHERE key IS NOT NULL;
          CREATE INDEX event_by_key ON event (topic, key) WHERE key IS NOT NULL;
          CREATE INDEX event_expiry ON event (expires) WHERE expires IS NOT NULL;
          CREATE TABLE event_alternate (
            topic TEXT NOT NULL,
            position INTEGER NOT NULL,
            canonical TEXT NOT NULL,
            key TEXT,
            PRIMARY KEY (topic, position)
          ) STRICT, WITHOUT ROWID;
          CREATE INDEX event_alternate_by_key ON event_alternate (topic, canonical, key, position);
          CREATE TABLE deferred (
            number INTEGER PRIMARY KEY,
            due INTEGER NOT NULL,
            id TEXT NOT NULL,
            topic TEXT NOT NULL,
            alternates TEXT,
            event TEXT,
            key TEXT,
            retry INTEGER,
            expires INTEGER,
            data TEXT NOT NULL
          ) STRICT;
          CREATE UNIQUE INDEX deferred_id ON deferred (id);
          CREATE INDEX deferred_due ON deferred (due);
          CREATE TABLE receipt (
            key TEXT PRIMARY KEY,
            fingerprint TEXT NOT NULL,
            answer TEXT NOT NULL,
            expires INTEGER NOT NULL
          ) STRICT, WITHOUT ROWID;
          CREATE INDEX receipt_expiry ON receipt (expires);
          CREATE TABLE forgotten (
            topic TEXT PRIMARY KEY,
            position INTEGER NOT NULL,
            published INTEGER NOT NULL
          ) STRICT, WITHOUT ROWID;
          CREATE INDEX forgotten_position ON forgotten (position);
          CREATE TABLE meta (
            name TEXT PRIMARY KEY,
            value INTEGER NOT NULL
          ) STRICT, WITHOUT ROWID;
          """,
          """
          ALTER TABLE receipt ADD COLUMN later INTEGER NOT NULL DEFAULT 0;
          ALTER TABLE event ADD COLUMN trace TEXT;
          ALTER TABLE deferred ADD COLUMN trace TEXT;
          """,
          """
          CREATE TABLE gone_id (
            chunk INTEGER PRIMARY KEY,
            bits BLOB NOT NULL
          ) STRICT;
          CREATE TABLE doubtful (
            position INTEGER PRIMARY KEY
          ) STRICT;
          """,
          // an answer says when by itself; what is delivered by now is answered as delivered
          """
          UPDATE receipt SET answer = answer || char(9) ||
            (SELECT strftime('%Y-%m-%dT%H:%M:%fZ', due / 1000.0, 'unixepoch') FROM deferred
              WHERE id = answer)
            WHERE later AND answer IN (SELECT id FROM deferred);
          ALTER TABLE receipt DROP COLUMN later;
          """,
          """
          ALTER TABLE event ADD COLUMN private INTEGER NOT NULL DEFAULT 0;
          ALTER TABLE deferred ADD COLUMN private INTEGER NOT NULL DEFAULT 0;
          CREATE TABLE forgotten_private (
            topics TEXT PRIMARY KEY,
            position INTEGER NOT NULL,
            published INTEGER NOT NULL
          ) STRICT, WITHOUT ROWID;
          CREATE INDEX forgotten_private_position ON forgotten_private (position);
          """,
          """
          CREATE TABLE note (
            board TEXT NOT NULL,
            name TEXT NOT NULL,
            text TEXT NOT NULL,
            until INTEGER NOT NULL,
            PRIMARY KEY (board, name)
          ) STRICT, WITHOUT ROWID;
          CREATE INDEX note_end ON note (board, until);
          """,
          """
          ALTER TABLE event ADD COLUMN context TEXT;
          ALTER TABLE deferred ADD COLUMN context TEXT;
          """);

  /** What this program writes. */
  static final int VERSION = MIGRATIONS.size();

  private SqliteSchema() {}

  /** Brings the file to {@link #VERSION}; each step is one transaction. */
  static void migrate(SqlSession session, int from) throws SQLException {
    for (int version = from; version < VERSION; version++) {
      String migration = MIGRATIONS.get(version);
      int next = version + 1;
      session.inWrite(
          writing -> {
            for (String statement : migration.split(";\n", 0)) {
              writing.run(statement);
            }
            writing.run("PRAGMA application_id = " + APPLICATION_ID);
            writing.run("PRAGMA user_version = " + next);
            return next;
          });
    }
  }
}
