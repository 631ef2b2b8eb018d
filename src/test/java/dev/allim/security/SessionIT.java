package dev.allim.security;

import io.quarkus.test.junit.QuarkusIntegrationTest;
import io.quarkus.test.junit.TestProfile;

/** The cookie of a page, on the packaged program. */
@QuarkusIntegrationTest
@TestProfile(TokenRefusalsTest.WithKeys.class)
class SessionIT extends SessionTest {}
