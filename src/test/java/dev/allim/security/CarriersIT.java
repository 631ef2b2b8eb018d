package dev.allim.security;

import io.quarkus.test.junit.QuarkusIntegrationTest;
import io.quarkus.test.junit.TestProfile;

/** What carries a token, on the packaged program. */
@QuarkusIntegrationTest
@TestProfile(TokenRefusalsTest.WithKeys.class)
class CarriersIT extends CarriersTest {}
