package dev.allim.security;

import io.quarkus.test.junit.QuarkusIntegrationTest;
import io.quarkus.test.junit.TestProfile;

/** What grants cover, on the packaged program. */
@QuarkusIntegrationTest
@TestProfile(TokenRefusalsTest.WithKeys.class)
class GrantsIT extends GrantsTest {}
