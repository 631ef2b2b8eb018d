package dev.allim.hub;

import dev.allim.hub.spi.DisconnectCause;
import dev.allim.hub.spi.HubListener;
import java.util.ArrayList;
import java.util.List;

/** Remembers what the hub reports. For hubs whose loops are all run by one thread. */
public final class RecordingListener implements HubListener {
  int opened;
  public final List<DisconnectCause> closed = new ArrayList<>();
  final List<DisconnectCause> refused = new ArrayList<>();
  public int published;
  public int delivered;
  public long deliveredBytes;
  int lagging;
  int gaps;
  int heartbeats;
  int laneFaults;

  @Override
  public void opened() {
    opened++;
  }

  @Override
  public void closed(DisconnectCause cause) {
    closed.add(cause);
  }

  @Override
  public void refused(DisconnectCause cause) {
    refused.add(cause);
  }

  @Override
  public void published(int notifications) {
    published += notifications;
  }

  @Override
  public void delivered(int events, long bytes) {
    delivered += events;
    deliveredBytes += bytes;
  }

  @Override
  public void lagging() {
    lagging++;
  }

  @Override
  public void gap() {
    gaps++;
  }

  @Override
  public void laneFaulted() {
    laneFaults++;
  }

  @Override
  public void heartbeats(int streams) {
    heartbeats += streams;
  }
}
