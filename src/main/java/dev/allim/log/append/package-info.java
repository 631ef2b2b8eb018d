/**
 * What becomes of a group of publications, which every engine decides alike: which ids and
 * idempotency keys are free, what waits for its time, what room there is beside the history. {@link
 * dev.allim.log.append.AppendPlan} decides, the engine writes its batch.
 */
@NullMarked
package dev.allim.log.append;

import org.jspecify.annotations.NullMarked;
