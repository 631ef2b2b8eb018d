package dev.allim.hub.lane;

import dev.allim.hub.spi.HubListener;
import org.jboss.logging.Logger;

/** Faults that a lane survives: each is logged and counted. */
final class LaneFaults {
  private static final Logger LOG = Logger.getLogger(Lane.class);

  private final HubListener listener;

  LaneFaults(HubListener listener) {
    this.listener = listener;
  }

  void met(String what, Throwable fault) {
    LOG.error(what, fault);
    listener.laneFaulted();
  }
}
