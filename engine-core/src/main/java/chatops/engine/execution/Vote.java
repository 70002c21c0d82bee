package chatops.engine.execution;

import java.time.Instant;

/**
 * One person's decision on one approval.
 *
 * @param decisionId identity of the decision, so that a repeated delivery counts once
 */
public record Vote(String decisionId, Decision decision, Person voter, String reason, Instant at) {}
