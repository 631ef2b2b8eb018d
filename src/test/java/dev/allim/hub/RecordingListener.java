package dev.allim.hub;

import java.util.ArrayList;
import java.util.List;

/** Remembers what the hub reports. For hubs whose loops are all run by one thread. */
final class RecordingListener implements HubListener {
  int opened;
  final List<DisconnectCause> closed = new ArrayList<>();
  final List<DisconnectCause> refused = new ArrayList<>();
  int published;
  int delivered;
  long deliveredBytes;
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
