package dev.allim.security;

import io.quarkus.test.junit.QuarkusIntegrationTest;
import io.quarkus.test.junit.TestProfile;

/** What is taken back, on the packaged program. */
@QuarkusIntegrationTest
@TestProfile(TokenRefusalsTest.WithKeys.class)
class RevokingIT extends RevokingTest {}
