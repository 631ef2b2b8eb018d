package dev.allim.security;

import java.time.Instant;
import java.util.Optional;

/**
 * What a verified token says.
 *
 * @param issuer the name of its issuer in the configuration; empty for {@code allim.auth.secret}
 * @param subject whose it is ({@code sub})
 * @param id its own ({@code jti})
 * @param issued when it was made ({@code iat}), if it says so
 * @param expires until when it is valid ({@code exp})
 * @param grant what it grants
 */
public record AccessToken(
    String issuer,
    Optional<String> subject,
    Optional<String> id,
    Optional<Instant> issued,
    Instant expires,
    Grant grant) {}
