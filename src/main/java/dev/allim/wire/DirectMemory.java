package dev.allim.wire;

import io.netty.buffer.PoolArenaMetric;
import io.netty.buffer.PoolChunkListMetric;
import io.netty.buffer.PoolChunkMetric;
import io.netty.buffer.PooledByteBufAllocator;
import io.vertx.core.buffer.impl.VertxByteBufAllocator;

/** Memory outside of the heap that buffers of connections, streams and frames hold. */
public final class DirectMemory {
  private DirectMemory() {}

  /** Bytes that are in use, or kept by a thread to use them again. Any thread. */
  public static long used() {
    PooledByteBufAllocator pool = (PooledByteBufAllocator) VertxByteBufAllocator.POOLED_ALLOCATOR;
    return pool.metric().directArenas().stream().mapToLong(DirectMemory::used).sum();
  }

  private static long used(PoolArenaMetric arena) {
    long used = arena.numActiveBytes();
    for (PoolChunkListMetric chunks : arena.chunkLists()) {
      for (PoolChunkMetric chunk : chunks) {
        used -= chunk.freeBytes();
      }
    }
    return used;
  }
}
