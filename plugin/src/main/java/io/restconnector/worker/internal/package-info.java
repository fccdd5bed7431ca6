/**
 * The life of an external-worker job on a node.
 *
 * <pre>
 * poll       JobPoll          FreeJobs finds some, or CreatedJobs is given one that this node creates
 * lock       JobLocks         the job row has this node as owner; InFlightJobs holds an InFlightJob
 * read       InputReader      one transaction evaluates what the tasks say, for up to 20 jobs
 * send       SendPermits      the call waits for a permit, then the client sends it; no thread waits
 * leave      JobShares        or it is left untaken, as the share of its host is used up
 * renew      JobPoll          all locks are extended every third of their duration
 * lose       InFlightJobs     a job that has another owner now, or is gone: its call is given up
 * parse      UnparsedAnswers  the answer, once the database takes writes
 * gather     AnswerBatches    up to 20 answers of different instances share a transaction
 * complete   JobCompletion    CompleteJobCmd writes the outputs and continues the process
 * hand over  JobCompletion    or CompleteJobCmd stores them with a job of the async executor, which
 *                             AnswerJobHandler runs
 * ask later  LateAnswers      or, if the answer is to come later, AskLaterCmd keeps the status URL with
 *                             the job, which nobody owns until the next question: KeptPoll
 * fail       JobCompletion    or, if nothing catches the error, FailJobCmd takes one try from the job
 * close      RestWorker       lets calls in flight end for a while; JobLocks releases the others
 * </pre>
 *
 * <p>DatabaseWatch stands beside all that: while the database takes no writes, every step waits.
 * JobRows keeps what writes a batch apart from what writes all jobs of the node.
 */
@NullMarked
package io.restconnector.worker.internal;

import org.jspecify.annotations.NullMarked;
