/**
 * The file behind the log, apart from what is in its rows: it is claimed, checked, brought to the
 * newest schema, opened anew when it was lost, and its faults are said in words. {@link
 * dev.allim.log.sqlite.file.SqliteFile} does work on {@linkplain
 * dev.allim.log.sqlite.file.SqlSession sessions}, one that writes and many that read; the engine
 * {@code log.sqlite} alone uses it.
 */
@NullMarked
package dev.allim.log.sqlite.file;

import org.jspecify.annotations.NullMarked;
