package dev.allim.mercure;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import org.junit.jupiter.api.Test;

/** A hub that was not asked to speaks no Mercure. */
@QuarkusTest
class OffTest {
  @TestHTTPResource("/")
  URI base;

  @Test
  void thereIsNothing() {
    MercureClient hub = MercureClient.of(base);

    assertThat(hub.get("topic=x").statusCode()).isEqualTo(404);
    assertThat(hub.post("topic=x").statusCode()).isEqualTo(404);
  }
}
