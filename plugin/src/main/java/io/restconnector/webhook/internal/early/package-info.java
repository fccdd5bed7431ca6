/**
 * The life of an event that came before anything waited for it.
 *
 * <pre>
 * admit    EarlyRoom      is there a place below the bound?
 * keep     EarlyEvents    the event is stored in the transaction of its request: EarlyEventTable
 * await    BegunWaits     an execution of this node has begun to wait, and that is committed
 * search   SearchThreads  one of them searches for what came before: EventSearch
 * deliver  EarlyDelivery  the oldest event that fits, in the transaction that removes it
 * sweep    Sweep          what has failed is tried again, what has expired is dropped, and what
 *                         another node left is found
 * tell     Outcomes       journal, meters and log are told what became of it
 * </pre>
 */
@NullMarked
package io.restconnector.webhook.internal.early;

import org.jspecify.annotations.NullMarked;
