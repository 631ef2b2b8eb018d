package dev.allim.wire;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ClientAddressTest {
  @Test
  void anIpv4ClientIsItsAddress() {
    assertThat(ClientAddress.client("192.0.2.7")).isEqualTo("192.0.2.7");
  }

  @Test
  void anIpv6ClientIsItsNetwork() {
    assertThat(ClientAddress.client("2001:db8:1:2::7"))
        .isEqualTo(ClientAddress.client("2001:0db8:1:2:ffff:ffff:ffff:ffff"))
        .isNotEqualTo(ClientAddress.client("2001:db8:1:3::7"))
        .isEqualTo("20010db800010002::/64");
  }

  @Test
  void ipv4WithinIpv6IsCountedByTheAddress() {
    assertThat(ClientAddress.client("::ffff:192.0.2.7"))
        .isNotEqualTo(ClientAddress.client("::ffff:192.0.2.8"));
    assertThat(ClientAddress.client("0:0:0:0:0:0:0:1")).isEqualTo("0:0:0:0:0:0:0:1");
  }
}
