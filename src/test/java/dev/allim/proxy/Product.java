package dev.allim.proxy;

import dev.allim.testing.Requires;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** The proxies that there is a configuration for, and what a test changes of it: addresses. */
enum Product {
  /** Without the hub's own word against buffering, so that the configuration is seen at work. */
  NGINX("nginx.conf", "allim.conf") {
    @Override
    List<String> command(Path directory) {
      return List.of(
          "-p",
          directory.toString(),
          "-c",
          directory.resolve("nginx.conf").toString(),
          "-g",
          "daemon off; user " + System.getProperty("user.name") + ";");
    }

    @Override
    Text adapt(Text text, Proxy.Place place) {
      return text.in("allim.conf", "server hub:8080;", "server 127.0.0.1:%d;", place.hub())
          .in(
              "allim.conf",
              "listen 8080;",
              "listen 127.0.0.1:%d; proxy_ignore_headers X-Accel-Buffering;",
              place.port())
          .in("nginx.conf", "/tmp/", "%s/", place.directory())
          .in("nginx.conf", "/etc/nginx/allim.conf", "%s/allim.conf", place.directory());
    }
  },

  HAPROXY("haproxy.cfg", "away.http") {
    @Override
    List<String> command(Path directory) {
      return List.of("-f", directory.resolve("haproxy.cfg").toString());
    }

    @Override
    Text adapt(Text text, Proxy.Place place) {
      return text.in("haproxy.cfg", "server hub hub:8080", "server hub 127.0.0.1:%d", place.hub())
          .in("haproxy.cfg", "bind :8080", "bind 127.0.0.1:%d", place.port())
          .in("haproxy.cfg", "maxconn 30000", "maxconn 1000")
          .in("haproxy.cfg", "/etc/haproxy/", "%s/", place.directory());
    }
  },

  ENVOY("envoy.yaml") {
    @Override
    List<String> command(Path directory) {
      return List.of(
          "-c",
          directory.resolve("envoy.yaml").toString(),
          "--concurrency",
          "1",
          "--use-dynamic-base-id",
          "--log-level",
          "warn");
    }

    @Override
    Text adapt(Text text, Proxy.Place place) {
      return text.in(
              "envoy.yaml",
              "address: hub, port_value: 8080",
              "address: 127.0.0.1, port_value: %d",
              place.hub())
          .in(
              "envoy.yaml",
              "address: 0.0.0.0, port_value: 8080",
              "address: 127.0.0.1, port_value: %d",
              place.port());
    }
  },

  CADDY("Caddyfile") {
    @Override
    List<String> command(Path directory) {
      return List.of(
          "run", "--adapter", "caddyfile", "--config", directory.resolve("Caddyfile").toString());
    }

    @Override
    Text adapt(Text text, Proxy.Place place) {
      return text.in(
              "Caddyfile", "reverse_proxy hub:8080", "reverse_proxy 127.0.0.1:%d", place.hub())
          .in("Caddyfile", "\n:8080 {", "\n{\nadmin off\n}\n:%d {\nbind 127.0.0.1", place.port());
    }
  },

  TRAEFIK("traefik.yaml", "dynamic.yaml") {
    @Override
    List<String> command(Path directory) {
      return List.of("--configFile=" + directory.resolve("traefik.yaml"));
    }

    @Override
    Text adapt(Text text, Proxy.Place place) {
      return text.in("dynamic.yaml", "http://hub:8080", "http://127.0.0.1:%d", place.hub())
          .in("dynamic.yaml", "http://allim-away:8080", "http://127.0.0.1:%d", place.away())
          .in("traefik.yaml", "\":8080\"", "\"127.0.0.1:%d\"", place.port())
          .in("traefik.yaml", "/etc/traefik/", "%s/", place.directory());
    }
  };

  private final List<String> files;

  Product(String... files) {
    this.files = List.of(files);
  }

  /** Where it is installed; without it the test is skipped, or fails if Debian has it. */
  Path program() {
    return this == ENVOY || this == TRAEFIK ? Requires.rareProgram(id()) : Requires.program(id());
  }

  /** Its name, and that of its directory in {@code docker}. */
  String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  List<String> files() {
    return files;
  }

  /** The arguments by which it runs in the foreground with the files in {@code directory}. */
  abstract List<String> command(Path directory);

  /** Puts the addresses of a test into its configuration. */
  abstract Text adapt(Text text, Proxy.Place place);
}
