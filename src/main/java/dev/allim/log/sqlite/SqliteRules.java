package dev.allim.log.sqlite;

import dev.allim.log.retention.Retention;
import dev.allim.log.retention.RetentionRule;
import dev.allim.log.retention.RetentionUsage;
import dev.allim.log.sqlite.SqliteDeletion.Row;
import dev.allim.log.sqlite.file.SqlSession;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Applies the rules of retention. Each rule has a cursor into the log, behind which nothing of its
 * kind is left, so that it looks at each row once. Only for whoever holds the lock of writing.
 */
final class SqliteRules {
  /** Rows looked at in one step: a few milliseconds. */
  private static final int MOST_SCANNED = 2_000;

  private static final String ROWS =
      "SELECT %s FROM event WHERE position > ? AND position <= ? ORDER BY position LIMIT %d"
          .formatted(SqliteDeletion.COLUMNS, MOST_SCANNED);

  private final Retention retention;
  private final RetentionUsage usage;
  private final boolean counted;
  private final long headAtStart;
  private final long[] cursors;
  private long countedUpTo;

  SqliteRules(Retention retention, RetentionUsage usage, long headAtStart) {
    this.retention = retention;
    this.usage = usage;
    this.headAtStart = headAtStart;
    this.counted = retention.rules().stream().anyMatch(RetentionRule::counts);
    this.cursors = new long[retention.rules().size()];
  }

  /** Whether any rule needs to know how much there is. */
  boolean areCounted() {
    return counted;
  }

  /** A stretch of what was there at the start and is not booked yet. */
  List<Row> uncounted(SqlSession session) throws SQLException {
    return isCountedThrough() ? List.of() : rows(session, countedUpTo, headAtStart);
  }

  private boolean isCountedThrough() {
    return !counted || countedUpTo >= headAtStart;
  }

  /** Books such a stretch; whether there may be more. */
  boolean book(List<Row> rows) {
    if (isCountedThrough()) {
      return false;
    }
    for (Row row : rows) {
      usage.book(ruleOf(row), 1, row.bytes());
    }
    countedUpTo = rows.isEmpty() ? headAtStart : rows.get(rows.size() - 1).position();
    return true;
  }

  /** Takes from the books what was deleted, as far as it was in them. */
  void unbook(List<Row> rows) {
    if (!counted) {
      return;
    }
    for (Row row : rows) {
      if (row.position() <= countedUpTo || row.position() > headAtStart) {
        usage.book(ruleOf(row), -1, -row.bytes());
      }
    }
  }

  /**
   * Lets go the oldest of what a rule does not keep, so many at most, to be booked once it is gone
   * for good.
   */
  Step apply(SqlSession session, int rule, long now, int most) throws SQLException {
    Step step = new Step(rule, now, most);
    session.query(row -> step.passes(Row.read(row)), ROWS, cursors[rule], Long.MAX_VALUE);
    new SqliteDeletion(session, now, most, retention.idGenerations()).delete(step.doomed.rows());
    return step;
  }

  /** Takes from the books what a step has let go; whether there may be more. */
  boolean passed(Step step) {
    unbook(step.doomed.rows());
    cursors[step.index] = Math.max(cursors[step.index], step.passed);
    return step.looked == MOST_SCANNED || step.doomed.isFull();
  }

  private static List<Row> rows(SqlSession session, long after, long upTo) throws SQLException {
    List<Row> rows = new ArrayList<>();
    session.query((ResultSet row) -> rows.add(Row.read(row)), ROWS, after, upTo);
    return rows;
  }

  private int ruleOf(Row row) {
    return retention.ruleFor(row.canonicalTopic());
  }

  /** Goes forward as long as rows are of another rule's kind or to be let go. */
  final class Step {
    private final int index;
    private final RetentionRule rule;
    private final long oldest;
    private final SqliteDeletion.Bundle doomed;
    private long passed;
    private int looked;

    Step(int index, long now, int most) {
      this.index = index;
      this.doomed = new SqliteDeletion.Bundle(most);
      this.rule = retention.rules().get(index);
      this.oldest = rule.maxAge().map(age -> now - age.toMillis()).orElse(Long.MIN_VALUE);
    }

    boolean passes(Row row) {
      if (ruleOf(row) == index) {
        if (doomed.isFull() || !isTooMuch(row)) {
          return false;
        }
        doomed.add(row);
      }
      passed = row.position();
      looked++;
      return true;
    }

    private boolean isTooMuch(Row row) {
      return row.published() < oldest
          || usage.count(index) - doomed.rows().size() > rule.maxCount().orElse(Long.MAX_VALUE)
          || usage.bytes(index) - doomed.bytes() > rule.maxBytes().orElse(Long.MAX_VALUE);
    }
  }
}
