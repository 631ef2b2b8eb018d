package dev.allim.security;

import io.quarkus.test.junit.QuarkusIntegrationTest;
import io.quarkus.test.junit.TestProfile;

/** The table of refusals, on the packaged program. */
@QuarkusIntegrationTest
@TestProfile(TokenRefusalsTest.WithKeys.class)
class TokenRefusalsIT extends TokenRefusalsTest {}
