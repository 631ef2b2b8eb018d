package dev.allim.proxy;

import io.quarkus.test.junit.QuarkusIntegrationTest;
import io.quarkus.test.junit.TestProfile;

@QuarkusIntegrationTest
@TestProfile(BehindProxy.class)
class TraefikIT extends ProxyContract {
  TraefikIT() {
    super(Product.TRAEFIK);
  }
}
