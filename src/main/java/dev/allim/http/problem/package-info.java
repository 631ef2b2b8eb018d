/**
 * Where a problem is written: what went wrong becomes an RFC 9457 document in {@link
 * dev.allim.http.problem.ProblemMapper}, with JAX-RS or ({@link
 * dev.allim.http.problem.FailureAnswers}) without it. Its types are a closed list, {@link
 * dev.allim.http.problem.ProblemType}.
 */
@NullMarked
package dev.allim.http.problem;

import org.jspecify.annotations.NullMarked;
