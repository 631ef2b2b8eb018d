package dev.allim.proxy;

import io.quarkus.test.junit.QuarkusIntegrationTest;
import io.quarkus.test.junit.TestProfile;

@QuarkusIntegrationTest
@TestProfile(BehindProxy.class)
class EnvoyIT extends ProxyContract {
  EnvoyIT() {
    super(Product.ENVOY);
  }
}
