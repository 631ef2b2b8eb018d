/**
 * The log in one SQLite file in WAL mode: what was appended survives the end of the program.
 *
 * <pre>
 *   SqliteLog            what the hub sees
 *     file.SqliteFile    opens, claims, checks and heals the file
 *     SqliteWriter       one connection that writes, one commit a group
 *     SqliteReader       many that read; SqliteSkipScan, SqliteLatestPerKey for what an index answers in leaps
 *     SqliteRetention    deletes in small steps; SqliteTruncationMarks remember what is gone
 * </pre>
 */
@NullMarked
package dev.allim.log.sqlite;

import org.jspecify.annotations.NullMarked;
