/**
 * The engine: takes checked notifications, gives them their order, and hands each to every
 * subscription it concerns.
 *
 * <pre>
 *   publish ─▶ Sequencer ─▶ EventLog.append    a group at once, each publication answered by itself
 *                  ┌────────────┘ tail           all that the log has, whoever appended it
 *                  ▼
 *             LogFollower                        no hole: it is read from the log, or told as a gap
 *                  │
 *                  ▼
 *               Frame                            encoded once, shared by all, counted references
 *                  │ one hand-over per lane
 *        ┌─────────┼─────────┐
 *        ▼         ▼         ▼
 *      Lane      Lane      Lane                  one per event loop: mailbox, ring of recent frames, index
 *        │
 *        ▼
 *     Cohort ─▶ Subscription ─▶ Wire             who asks for the same gets the same bytes, by one sweep
 * </pre>
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
