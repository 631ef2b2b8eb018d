package dev.allim.log.sqlite;

import dev.allim.log.Location;
import dev.allim.log.LogStart;
import dev.allim.log.Places;
import dev.allim.log.sqlite.file.SqlSession;
import dev.allim.notification.EventId;
import dev.allim.topic.Audience;
import java.sql.SQLException;
import java.time.Instant;
import java.util.OptionalLong;

/** Finds where to begin in one state of the file. */
final class SqliteFinder implements LogStart.Finder<SQLException> {
  private final SqlSession session;
  private final Places places;
  private final long head;
  private final long truncatedUpTo;
  private final Audience audience;

  /**
   * Finds it in the state that {@code session} sees.
   *
   * @param head the newest position; may be of a moment before
   * @param truncatedUpTo up to where something that is asked for is gone
   * @param audience to whom what it may not see is as good as unknown
   */
  SqliteFinder(
      SqlSession session, Places places, long head, long truncatedUpTo, Audience audience) {
    this.session = session;
    this.places = places;
    this.head = head;
    this.truncatedUpTo = truncatedUpTo;
    this.audience = audience;
  }

  @Override
  public Location earliest() throws SQLException {
    return new Location.Known(oldest(), truncatedUpTo);
  }

  @Override
  public Location since(Instant instant) throws SQLException {
    return new Location.Known(new SqlitePositions(session).before(instant), truncatedUpTo);
  }

  @Override
  public Location afterNotification(EventId id) throws SQLException {
    if (new SqliteIds(session).isHidden(id, audience)) {
      return new Location.Unknown(oldest(), truncatedUpTo);
    }
    OptionalLong position = new SqliteIds(session).find(id);
    if (position.isPresent()) {
      return new Location.Known(position.getAsLong(), truncatedUpTo);
    }
    return new SqliteIds(session).isKept(id)
        ? new Location.Ambiguous(oldest(), truncatedUpTo)
        : new Location.Unknown(oldest(), truncatedUpTo);
  }

  @Override
  public Location afterPlace(EventId id) throws SQLException {
    OptionalLong position = places.open(id);
    return position.isPresent() && position.getAsLong() <= head
        ? new Location.Known(position.getAsLong(), truncatedUpTo)
        : new Location.Unknown(oldest(), truncatedUpTo);
  }

  private long oldest() throws SQLException {
    return new SqlitePositions(session).earliest(head);
  }
}
