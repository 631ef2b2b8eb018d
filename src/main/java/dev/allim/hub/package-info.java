/**
 * The hub: publish here, subscribe here. {@link dev.allim.hub.NotificationHub} is what facades
 * call.
 *
 * <pre>
 *   publish ─▶ publish.Sequencer ─▶ EventLog.append   one writer at a time; a position is a place in the order
 *                   │
 *                   ▼
 *              spi.Frame                              encoded once, shared by all, counted references
 *                   │ one hand-over per lane
 *         ┌─────────┼─────────┐
 *         ▼         ▼         ▼
 *     lane.Lane   Lane      Lane                      one per event loop: mailbox, ring of recent frames, index
 *         │
 *         ▼
 *   fanout.SubscriberGroup ─▶ Subscription ─▶ spi.Wire    who asks for the same gets the same bytes, by one scan
 * </pre>
 *
 * <p>Inside, packages use each other in one direction: this one, then {@code lane} and {@code
 * publish}, {@code fanout}, {@code ring}, {@code spi}. All but {@code spi} are for the hub alone.
 *
 * <p>Threads: {@link dev.allim.hub.NotificationHub} may be called from anywhere. Everything below a
 * lane belongs to that lane's event loop and is touched by no other thread; the only doors are the
 * lane's mailbox and tasks handed to its loop.
 *
 * <p>A subscription is a place in the order plus a wire, never a queue. While the wire takes what
 * it gets, the place is the lane's own; when it does not, the subscription remembers where it stood
 * and reads on from the ring later.
 */
@NullMarked
package dev.allim.hub;

import org.jspecify.annotations.NullMarked;
