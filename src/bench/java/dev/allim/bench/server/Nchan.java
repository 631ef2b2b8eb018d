package dev.allim.bench.server;

import dev.allim.bench.Settings;
import dev.allim.bench.load.Post;
import dev.allim.bench.load.Target;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The pub/sub module of nginx, in C: the peer. It keeps messages in memory, as the hub does. */
public final class Nchan implements Contender {
  private static final String NAME = "nchan";
  private static final List<Path> MODULES =
      List.of(
          Path.of("/usr/lib/nginx/modules/ngx_nchan_module.so"),
          Path.of("/usr/lib64/nginx/modules/ngx_nchan_module.so"),
          Path.of("/etc/nginx/modules/ngx_nchan_module.so"));

  private final Settings settings;
  private final Path nginx;
  private final Path module;

  private Nchan(Settings settings, Path nginx, Path module) {
    this.settings = settings;
    this.nginx = nginx;
    this.module = module;
  }

  /**
   * Finds it on this machine.
   *
   * @throws MissingException if nginx or the module is not installed
   */
  static Nchan find(Settings settings) {
    Path nginx = Programs.find("nginx").orElseThrow(() -> new MissingException("no nginx"));
    Path module =
        MODULES.stream()
            .filter(Files::isReadable)
            .findFirst()
            .orElseThrow(() -> new MissingException("no module nchan for nginx"));
    return new Nchan(settings, nginx, module);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Server start(Map<String, String> properties) {
    int port = Server.freePort();
    try {
      Path directory = Files.createTempDirectory(settings.directory(), "bench-nchan");
      Path config = Files.writeString(directory.resolve("nginx.conf"), config(port));
      return Server.start(
          NAME,
          List.of(nginx.toString(), "-p", directory.toString(), "-c", config.toString()),
          new Target(port, "/sub", Post.plain("/pub")),
          settings.directory().resolve("bench-nchan.log"));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** nginx resolves what is relative against the directory it is started for. */
  private String config(int port) {
    return """
    load_module %s;
    %s
    daemon off;
    worker_processes %d;
    worker_rlimit_nofile %d;
    pid nginx.pid;
    error_log stderr error;
    events { worker_connections %d; }
    http {
      access_log off;
      keepalive_requests 1000000000;
      keepalive_timeout 1h;
      tcp_nodelay on;
      client_body_temp_path body;
      proxy_temp_path proxy;
      fastcgi_temp_path fastcgi;
      uwsgi_temp_path uwsgi;
      scgi_temp_path scgi;
      nchan_shared_memory_size 128M;
      server {
        listen 127.0.0.1:%d backlog=4096 reuseport;
        nchan_message_buffer_length 1000;
        nchan_message_timeout 1m;
        nchan_subscriber_first_message newest;
        nchan_eventsource_ping_interval 15;
        nchan_channel_id bench;
        location = /pub { nchan_publisher; }
        location = /sub { nchan_subscriber eventsource; }
      }
    }
    """
        .formatted(
            module, user(), settings.nchanWorkers(), OpenFiles.limit(), OpenFiles.limit(), port);
  }

  /** Started by root, workers would become another user, who may not write here. */
  private static String user() {
    return System.getProperty("user.name").equals("root") ? "user root;" : "";
  }
}
