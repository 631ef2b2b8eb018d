package dev.allim.bench.cases;

import dev.allim.bench.report.Figure;
import java.util.BitSet;
import java.util.Random;

/**
 * Holds the arithmetic of the decision "Toward internet scale": ten million readers of a million
 * topics on a hundred nodes, a million events a second in 32 partitions; once each reader at any
 * node, once at one of those of its topic's partition. A model: nothing is started.
 */
final class InternetScale implements Case {
  private static final int READERS = 10_000_000;
  private static final int TOPICS = 1_000_000;
  private static final int NODES = 100;
  private static final int NODES_A_PARTITION = 3;
  private static final int PARTITIONS = 32;
  private static final double EVENTS_A_SECOND = 1e6;
  private static final double BYTES = 250;
  private static final double BYTES_A_STREAM = 12_000;
  private static final String MODEL = "allim";

  /** Counted at each node. */
  private static final class Node {
    private final BitSet partitions = new BitSet(PARTITIONS);
    private int readers;
  }

  @Override
  public String key() {
    return "internet";
  }

  @Override
  public String title() {
    return "model: %,d readers, %,d nodes, %d partitions".formatted(READERS, NODES, PARTITIONS);
  }

  @Override
  public void run(Lab lab) {
    Random random = new Random(12);
    report(lab, "anywhere", place(random, false), NODES);
    report(lab, "by topic", place(random, true), PARTITIONS * NODES_A_PARTITION);
  }

  private static Node[] place(Random random, boolean byTopic) {
    Node[] nodes = new Node[NODES];
    for (int node = 0; node < NODES; node++) {
      nodes[node] = new Node();
    }
    for (int reader = 0; reader < READERS; reader++) {
      int partition = partition(random.nextInt(TOPICS));
      int node =
          byTopic
              ? partition * NODES_A_PARTITION + random.nextInt(NODES_A_PARTITION)
              : random.nextInt(NODES);
      nodes[node].readers++;
      nodes[node].partitions.set(partition);
    }
    return nodes;
  }

  /** By a hash, as neighbours in a list of topics are none in their load. */
  private static int partition(int topic) {
    int hash = topic * 0x9E3779B9;
    return (hash ^ hash >>> 15) >>> 27 & PARTITIONS - 1;
  }

  private void report(Lab lab, String placed, Node[] nodes, int used) {
    int fullest = 0;
    long followed = 0;
    for (Node node : nodes) {
      fullest = Math.max(fullest, node.readers);
      followed += node.partitions.cardinality();
    }
    double perPartition = EVENTS_A_SECOND / PARTITIONS * BYTES;
    double deliveries = EVENTS_A_SECOND * READERS / TOPICS;
    boolean byTopic = used < NODES;
    held(lab, placed, "readers of the fullest node", fullest, byTopic ? 104_000 : 100_000);
    held(lab, placed, "its memory for streams, GB", fullest * BYTES_A_STREAM / 1e9, 1.2);
    held(lab, placed, "deliveries/s of a node", deliveries / used, 100_000);
    held(lab, placed, "MB/s to readers, a node", deliveries * BYTES / used / 1e6, 25);
    held(lab, placed, "partitions of a node", (double) followed / used, byTopic ? 1 : PARTITIONS);
    double fromRedis = followed * perPartition;
    held(lab, placed, "MB/s from Redis, a node", fromRedis / used / 1e6, byTopic ? 7.8 : 250);
    held(lab, placed, "GB/s from Redis, all nodes", fromRedis / 1e9, byTopic ? 0.75 : 25);
  }

  /** Notes it, if it is about what the decision says. */
  private void held(Lab lab, String placed, String what, double value, double decided) {
    if (Math.abs(value - decided) > decided / 10) {
      throw new IllegalStateException(
          "%s, placed %s, is %.1f, and the decision says %.1f"
              .formatted(what, placed, value, decided));
    }
    lab.results()
        .add(title(), new Figure("%s, placed %s".formatted(what, placed), 1), MODEL, value);
    System.out.printf("  %s, placed %s: %.1f%n", what, placed, value);
  }
}
