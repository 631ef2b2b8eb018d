package dev.allim.presence;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** By which operators know this program among those that share a log. */
public final class NodeName {
  private NodeName() {}

  /** The machine, or the container. */
  public static String host() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException nameless) {
      return "localhost";
    }
  }

  /** The machine and the process. */
  public static String ofProcess() {
    return "%s/%d".formatted(host(), ProcessHandle.current().pid());
  }
}
