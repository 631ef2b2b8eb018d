package dev.allim.proxy;

import io.quarkus.test.junit.QuarkusIntegrationTest;
import io.quarkus.test.junit.TestProfile;

@QuarkusIntegrationTest
@TestProfile(BehindProxy.class)
class NginxIT extends ProxyContract {
  NginxIT() {
    super(Product.NGINX);
  }
}
